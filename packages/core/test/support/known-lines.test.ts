import { expect, test } from 'vitest';
import { findUnknownWord } from './known-lines.ts';

test.for([
  '*nat',
  'COMMIT',
  ':KUBE-SERVICES - [0:0]',
  '-A KUBE-SERVICES -m comment --comment "ns1/svc1 has no endpoints" ! -s 10.0.0.0/8 -j REJECT',
  '-A KUBE-SEP-SXIVWICOYRO3J4NJ -i "a b+" -j DNAT --to-destination [fd00::1]:80',
])('takes %s', (line) => {
  expect(findUnknownWord(line)).toBeUndefined();
});

test.for([
  '',
  '# a comment',
  '*mangle',
  '-I INPUT -j ACCEPT',
  '-A KUBE-SERVICES -m comment --comment "a" b -j ACCEPT',
  '-A KUBE-SERVICES -m comment --comment a --sport 1',
  '-A KUBE-SERVICES -j',
  '-A KUBE-SERVICES -m comment --comment "ns1/$(a)"',
  '-A KUBE-SERVICES ! -j ACCEPT',
  '-A KUBE-SERVICES toString x',
])('refuses "%s"', (line) => {
  expect(findUnknownWord(line)).toContain(line);
});

const set =
  '-A KUBE-SERVICES -m set --match-set KUBE-6-LOAD-BALANCER-SOURCE-CID dst,dst,src -j RETURN';

test('takes sets in ipvs mode only, with both words', () => {
  expect(findUnknownWord(set, 'ipvs')).toBeUndefined();
  expect(findUnknownWord(set)).toContain(set);
  for (const line of [
    '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP -j RETURN',
    '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst,dst,dst -j RETURN',
    '-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 cluster IP" -j RETURN',
  ])
    expect(findUnknownWord(line, 'ipvs')).toContain(line);
});
