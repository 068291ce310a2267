import { test } from 'vitest';
import { sourceRangeFamilyOpen } from '../../../src/lint/rules/source-range-family-open.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const dualStack = {
  type: 'LoadBalancer',
  clusterIPs: ['172.30.0.41', 'fd00::41'],
  ipFamilies: ['IPv4', 'IPv6'],
  ingress: [{ ip: '192.0.2.7' }, { ip: '2001:db8::7' }],
};

test('ranges of both families, or none', () => {
  const loadBalancerSourceRanges = ['198.51.100.0/24', '2001:db8:1::/48'];
  expectValid(sourceRangeFamilyOpen, {
    services: [serviceInput({ ...dualStack, loadBalancerSourceRanges })],
  });
  expectValid(sourceRangeFamilyOpen, { services: [serviceInput(dualStack)] });
});

test('a family in which the load balancer has no IP', () => {
  const loadBalancerSourceRanges = ['198.51.100.0/24'];
  const ingress = [{ ip: '192.0.2.7' }];
  expectValid(sourceRangeFamilyOpen, {
    services: [serviceInput({ ...dualStack, ingress, loadBalancerSourceRanges })],
  });
});

test('ranges of one family only', () => {
  const loadBalancerSourceRanges = ['198.51.100.0/24'];
  expectErrors(
    sourceRangeFamilyOpen,
    { services: [serviceInput({ ...dualStack, loadBalancerSourceRanges })] },
    [
      [
        'No source range is IPv6: 2001:db8::7 takes any client.',
        'Service ns1/svc1, spec.loadBalancerSourceRanges',
      ],
    ],
  );
});
