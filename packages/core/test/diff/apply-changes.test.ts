import { expect, test } from 'vitest';
import { applyChanges } from '../../src/diff/apply-changes.ts';
import type { NodeRules } from '../../src/diff/node-rules.ts';

const at = { section: 'ipset', sectionKind: 'ipset' } as const;
const rules: NodeRules = [
  {
    kind: 'ipset',
    name: 'ipset',
    chains: [
      {
        name: 'X',
        declaration: '',
        rules: [{ text: 'a' }, { text: 'b', place: { source: 's', offset: 1 } }],
      },
    ],
    groups: [{ name: 'S', declaration: 'hash:ip', entries: [{ key: 'k', text: 'k' }] }],
  },
];

test('no changes leave all as it is', () => {
  expect(applyChanges(rules, [])).toEqual(rules);
});

test('indexes of what goes are of before, of what comes of afterwards; what stays keeps its place', () => {
  const [section] = applyChanges(rules, [
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 0, rule: { text: 'a' } },
    { ...at, kind: 'ruleAdded', chain: 'X', index: 1, rule: { text: 'c' } },
  ]);
  expect(section?.chains[0]?.rules).toEqual([
    { text: 'b', place: { source: 's', offset: 1 } },
    { text: 'c' },
  ]);
});

test('a section without chains and groups goes, one that has some comes', () => {
  const gone = applyChanges(rules, [
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 0, rule: { text: 'a' } },
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 1, rule: { text: 'b' } },
    { ...at, kind: 'chainRemoved', chain: 'X', declaration: '' },
    { ...at, kind: 'groupRemoved', group: 'S', declaration: 'hash:ip', owner: {} },
  ]);
  expect(gone).toEqual([]);
  const come = applyChanges(
    [],
    [{ ...at, kind: 'groupAdded', group: 'S', declaration: 'hash:ip', owner: {} }],
  );
  expect(come).toEqual([
    {
      kind: 'ipset',
      name: 'ipset',
      chains: [],
      groups: [{ name: 'S', declaration: 'hash:ip', entries: [] }],
    },
  ]);
});
