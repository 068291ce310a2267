import { test } from 'vitest';
import { strictARP } from '../../../src/lint/rules/strict-arp.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [
  serviceInput({
    type: 'LoadBalancer',
    ingress: [{ ip: '203.0.113.7' }],
    externalIPs: ['203.0.113.8'],
  }),
];

test('strictARP is on, no address to announce, or another mode', () => {
  expectValid(strictARP, { services, mode: 'ipvs', config: { ipvs: { strictARP: true } } });
  expectValid(strictARP, { services: [serviceInput()], mode: 'ipvs' });
  expectValid(strictARP, { services });
});

test('every node would answer', () => {
  expectErrors(strictARP, { services, mode: 'ipvs' }, [
    [
      'Without ipvs.strictARP every node answers ARP requests for 2 load balancer or external IPs: whoever announces them from one node only has all others against it.',
      'KubeProxyConfiguration, ipvs.strictARP',
    ],
  ]);
});
