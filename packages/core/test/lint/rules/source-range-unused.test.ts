import { test } from 'vitest';
import { sourceRangeUnused } from '../../../src/lint/rules/source-range-unused.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const loadBalancerSourceRanges = ['198.51.100.0/24'];

test("ranges and a load balancer's IP", () => {
  const ingress = [{ ip: '192.0.2.7' }];
  expectValid(sourceRangeUnused, {
    services: [serviceInput({ type: 'LoadBalancer', ingress, loadBalancerSourceRanges })],
  });
});

test.for([
  { externalIPs: ['192.0.2.7'] },
  { type: 'LoadBalancer', ingress: [{ ip: '192.0.2.7', ipMode: 'Proxy' }] },
])('%j: ranges without one', (fields) => {
  expectErrors(
    sourceRangeUnused,
    { services: [serviceInput({ ...fields, loadBalancerSourceRanges })] },
    [
      [
        'The source ranges restrict nothing: kube-proxy applies them to the IPs of a load balancer, and the Service has none.',
        'Service ns1/svc1, spec.loadBalancerSourceRanges',
      ],
    ],
  );
});
