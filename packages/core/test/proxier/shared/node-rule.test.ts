import { expect, test } from 'vitest';
import { nodeRule } from '../../../src/proxier/shared/node-rule.ts';
import { chainName } from '../../../src/ruleset/iptables/index.ts';

test('a rule that every node has is of no service port', () => {
  const rule = nodeRule(chainName('A'), { matches: [], target: { kind: 'DROP' }, reason: 'why' });
  expect(rule).toEqual({
    chain: 'A',
    matches: [],
    target: { kind: 'DROP' },
    origin: { reason: 'why' },
  });
});
