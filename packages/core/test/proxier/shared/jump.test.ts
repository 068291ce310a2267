import { expect, test } from 'vitest';
import { jump, newChain } from '../../../src/proxier/shared/jump.ts';
import { commentMatch } from '../../../src/proxier/shared/matches.ts';
import { chainName, printJumps } from '../../../src/ruleset/iptables/index.ts';

const to = chainName('KUBE-POSTROUTING');

test('a chain is made, and a jump from a built-in chain leads there', () => {
  const matches = [commentMatch('kubernetes postrouting rules')];
  expect(printJumps([newChain('nat', to), jump('nat', 'POSTROUTING', { to, matches })])).toBe(
    '-t nat -N KUBE-POSTROUTING\n' +
      '-t nat -I POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING\n',
  );
});

test('the origin of a jump is the chain that it is in', () => {
  expect(jump('nat', 'OUTPUT', { to, matches: [] })).toMatchObject({
    kind: 'prepend',
    rule: { origin: { reason: 'jump from OUTPUT' } },
  });
});
