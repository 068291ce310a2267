import { test } from 'vitest';
import { routeLocalnet } from '../../../src/lint/rules/route-localnet.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput({ type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] })];

test('switched off, not on localhost, no node ports, or another mode', () => {
  expectValid(routeLocalnet, { services, config: { iptables: { localhostNodePorts: false } } });
  expectValid(routeLocalnet, { services, config: { nodePortAddresses: ['192.0.2.0/24'] } });
  expectValid(routeLocalnet, { services: [serviceInput()] });
  expectValid(routeLocalnet, { services, mode: 'nftables' });
});

test('node ports on localhost', () => {
  expectErrors(routeLocalnet, { services }, [
    [
      "For node ports on 127.0.0.1 kube-proxy sets net.ipv4.conf.all.route_localnet to 1, with which neighbours can address what listens on a node's loopback only.",
      'KubeProxyConfiguration, iptables.localhostNodePorts',
    ],
  ]);
});
