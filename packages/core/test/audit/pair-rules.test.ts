import { expect, test } from 'vitest';
import { pairRules, type RuleChange } from '../../src/audit/pair-rules.ts';

const at = { section: 's', sectionKind: 'iptables', chain: 'X' } as const;
const listOf = (kind: 'ruleRemoved' | 'ruleAdded', texts: readonly string[]): RuleChange[] =>
  texts.map((text, index) => ({ ...at, kind, index, rule: { text } }));

function pair(removed: readonly string[], added: readonly string[]): (readonly [number, number])[] {
  const pairs = pairRules(listOf('ruleRemoved', removed), listOf('ruleAdded', added));
  return [...pairs].map(([index, { index: partner }]) => [index, partner]);
}

test.for([
  {
    what: 'the same text first',
    removed: ['-j A', '-d 1 -j A'],
    added: ['-d 1 -j A', '-j A'],
    pairs: [
      [0, 1],
      [1, 0],
    ],
  },
  {
    what: 'the same chain of a Service',
    removed: ['-d 1 -j KUBE-SVC-A'],
    added: ['-d 2 -j KUBE-SVC-A'],
    pairs: [[0, 0]],
  },
  {
    what: 'not another chain of a Service',
    removed: ['-d 1 -j KUBE-SVC-A'],
    added: ['-d 1 -j KUBE-SVC-B'],
    pairs: [],
  },
  {
    what: 'the same target for the same destination',
    removed: ['-p tcp -d 1 -j REJECT'],
    added: ['-p udp -d 2 -j REJECT', '-p udp -d 1 -j REJECT'],
    pairs: [[0, 1]],
  },
  {
    what: 'the same statement of nft',
    removed: ['dnat ip to a'],
    added: ['dnat ip to b'],
    pairs: [[0, 0]],
  },
  { what: 'not another of nft', removed: ['jump a'], added: ['jump b', 'drop'], pairs: [] },
])('$what', ({ removed, added, pairs }) => {
  expect(pair(removed, added)).toEqual(pairs);
});
