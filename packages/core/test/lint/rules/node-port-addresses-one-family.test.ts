import { test } from 'vitest';
import { nodePortAddressesOneFamily } from '../../../src/lint/rules/node-port-addresses-one-family.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const ports = [{ port: 80, nodePort: 30_080 }];
const services = [
  serviceInput({
    type: 'NodePort',
    clusterIPs: ['172.30.0.41', 'fd00::41'],
    ipFamilies: ['IPv4', 'IPv6'],
    ports,
  }),
];

test('CIDRs of both families, or none, or the keyword', () => {
  for (const nodePortAddresses of [['192.0.2.0/24', '2001:db8::/32'], [], ['primary']])
    expectValid(nodePortAddressesOneFamily, { services, config: { nodePortAddresses } });
});

test('a family without node ports', () => {
  expectValid(nodePortAddressesOneFamily, {
    services: [serviceInput({ type: 'NodePort', ports })],
    config: { nodePortAddresses: ['192.0.2.0/24'] },
  });
});

test('CIDRs of one family', () => {
  const config = { nodePortAddresses: ['192.0.2.0/24'] };
  expectErrors(nodePortAddressesOneFamily, { services, config }, [
    [
      'nodePortAddresses has no IPv6 CIDR, which means all addresses: IPv6 node ports answer on each of them.',
      'KubeProxyConfiguration, nodePortAddresses',
    ],
  ]);
});
