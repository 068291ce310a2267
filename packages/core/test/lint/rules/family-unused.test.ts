import { test } from 'vitest';
import { familyUnused } from '../../../src/lint/rules/family-unused.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('addresses of the family that the Service has', () => {
  expectValid(familyUnused, {
    services: [
      serviceInput({
        type: 'LoadBalancer',
        externalIPs: ['192.0.2.7'],
        ingress: [{ ip: '192.0.2.8' }, {}],
        loadBalancerSourceRanges: ['198.51.100.0/24'],
      }),
    ],
  });
});

test('addresses of the other family', () => {
  expectErrors(
    familyUnused,
    {
      services: [
        serviceInput({
          type: 'LoadBalancer',
          externalIPs: ['192.0.2.7', '2001:db8::7'],
          ingress: [{ ip: '2001:db8::8' }],
          loadBalancerSourceRanges: [' 2001:db8::/32 '],
        }),
      ],
    },
    [
      [message('2001:db8::7'), 'Service ns1/svc1, spec.externalIPs[1]'],
      [message('2001:db8::8'), 'Service ns1/svc1, status.loadBalancer.ingress[0].ip'],
      [message(' 2001:db8::/32 '), 'Service ns1/svc1, spec.loadBalancerSourceRanges[0]'],
    ],
  );
});

function message(text: string): string {
  return `"${text}" is IPv6, in which the Service has no cluster IP: kube-proxy skips it.`;
}
