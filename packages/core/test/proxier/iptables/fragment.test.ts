import { expect, test } from 'vitest';
import { joinFragments } from '../../../src/proxier/iptables/fragment.ts';
import { chainName } from '../../../src/ruleset/iptables/index.ts';
import { ruleOf } from '../../support/rules.ts';

test('the parts stay in their order, and a missing list is an empty one', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((name) => ruleOf(name, []));
  if (!a || !b || !c) throw new Error('no rules');
  expect(
    joinFragments([
      { natRules: [a] },
      {},
      { natRules: [b, c], filterRules: [c], natChains: [chainName('Z')] },
      { natChains: [chainName('Y')] },
    ]),
  ).toEqual({ filterRules: [c], natChains: ['Z', 'Y'], natRules: [a, b, c] });
});

test('no parts make an empty fragment', () => {
  expect(joinFragments([])).toEqual({ filterRules: [], natChains: [], natRules: [] });
});
