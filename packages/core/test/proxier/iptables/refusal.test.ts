import { expect, test } from 'vitest';
import { chains } from '../../../src/proxier/iptables/chains.ts';
import { refusalRule } from '../../../src/proxier/iptables/refusal.ts';
import { printRules, routingOf } from '../../support/model.ts';

test.for([
  ['REJECT', 'no endpoints'],
  ['DROP', 'no local endpoints'],
] as const)('%s says in its origin that there are %s', ([target, reason]) => {
  const rule = refusalRule(
    routingOf(),
    { target, comment: 'why' },
    { chain: chains.services, matches: [{ kind: 'destination', address: '5.6.7.8' }] },
  );
  expect(printRules([rule])).toEqual([
    `-A KUBE-SERVICES -m comment --comment why -d 5.6.7.8 -j ${target}`,
  ]);
  expect(rule.origin).toEqual({ reason, servicePort: 'ns1/svc1:p80', protocol: 'tcp' });
});
