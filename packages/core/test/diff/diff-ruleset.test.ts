import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/diff/apply-changes.ts';
import { diffRuleset } from '../../src/diff/diff-ruleset.ts';
import type { NodeRules, Section } from '../../src/diff/node-rules.ts';
import { arbitraryRules } from '../support/arbitrary-rules.ts';

const at = { section: 'iptables IPv4 nat', sectionKind: 'iptables' } as const;

function nat(...rules: readonly string[]): NodeRules {
  return [
    sectionOf({ chains: [{ name: 'X', declaration: '', rules: rules.map((text) => ({ text })) }] }),
  ];
}

function sectionOf(fields: Partial<Section>): Section {
  return { kind: at.sectionKind, name: at.section, chains: [], groups: [], ...fields };
}

test('the same rules differ in nothing, wherever they come from', () => {
  const place = { source: 'dump', offset: 7 };
  const read = [
    sectionOf({ chains: [{ name: 'X', declaration: '', rules: [{ text: 'a', place }] }] }),
  ];
  expect(diffRuleset(nat('a'), read)).toEqual([]);
});

test('rules that go and come, by their place in their own list', () => {
  expect(diffRuleset(nat('a', 'b', 'c'), nat('a', 'd', 'c', 'e'))).toEqual([
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 1, rule: { text: 'b' } },
    { ...at, kind: 'ruleAdded', chain: 'X', index: 1, rule: { text: 'd' } },
    { ...at, kind: 'ruleAdded', chain: 'X', index: 3, rule: { text: 'e' } },
  ]);
});

test('a rule that moved goes and comes', () => {
  expect(diffRuleset(nat('a', 'b', 'c'), nat('b', 'c', 'a'))).toEqual([
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 0, rule: { text: 'a' } },
    { ...at, kind: 'ruleAdded', chain: 'X', index: 2, rule: { text: 'a' } },
  ]);
});

test('sections, chains and groups are paired by their names, in the order of these', () => {
  const one = (name: string) => ({ name, declaration: '', rules: [{ text: name }] });
  const from = [sectionOf({ chains: ['A', 'C', 'D'].map(one) }), sectionOf({ name: 'z' })];
  const to = [
    sectionOf({ name: 'b', chains: [one('B')] }),
    sectionOf({ chains: ['B', 'C', 'E'].map(one) }),
  ];
  const described = diffRuleset(from, to).flatMap((change) =>
    change.kind === 'ruleAdded' || change.kind === 'ruleRemoved'
      ? [`${change.kind} ${change.section} ${change.chain}`]
      : [],
  );
  expect(described).toEqual([
    'ruleAdded b B',
    'ruleRemoved iptables IPv4 nat A',
    'ruleAdded iptables IPv4 nat B',
    'ruleRemoved iptables IPv4 nat D',
    'ruleAdded iptables IPv4 nat E',
  ]);
});

test('of equal rules as many go as are too many', () => {
  expect(diffRuleset(nat('a', 'a', 'b'), nat('a', 'b'))).toEqual([
    { ...at, kind: 'ruleRemoved', chain: 'X', index: 1, rule: { text: 'a' } },
  ]);
});

test('chains that come, go and are declared otherwise', () => {
  const [old, young, policy] = ['old', 'young', 'policy'].map((name) => ({
    name,
    rules: [{ text: 'a' }],
  }));
  const from = [
    sectionOf({
      chains: [
        { ...old!, declaration: 'd' },
        { ...policy!, declaration: 'ACCEPT' },
      ],
    }),
  ];
  const to = [
    sectionOf({
      chains: [
        { ...policy!, declaration: 'DROP' },
        { ...young!, declaration: '' },
      ],
    }),
  ];
  expect(diffRuleset(from, to)).toEqual([
    { ...at, kind: 'ruleRemoved', chain: 'old', index: 0, rule: { text: 'a' } },
    { ...at, kind: 'chainRemoved', chain: 'old', declaration: 'd' },
    { ...at, kind: 'chainChanged', chain: 'policy', from: 'ACCEPT', to: 'DROP' },
    { ...at, kind: 'chainAdded', chain: 'young', declaration: '' },
    { ...at, kind: 'ruleAdded', chain: 'young', index: 0, rule: { text: 'a' } },
  ]);
});

test('entries by their key, groups with whose they are', () => {
  const origin = { reason: 'cluster IP', servicePort: 'prod/web:http' };
  const group = { name: 'tcp 10.0.0.1:80', declaration: '-s rr' };
  const entry = { key: 'k', text: 'k -w 1' };
  const ipvs = { section: 'ipvs', sectionKind: 'ipvs' } as const;
  const section = { kind: 'ipvs', name: 'ipvs', chains: [] } as const;
  const from = [{ ...section, groups: [{ ...group, entries: [entry, { key: 'l', text: 'l' }] }] }];
  const to = [
    {
      ...section,
      groups: [
        { ...group, name: 'new', origin, entries: [] },
        {
          ...group,
          declaration: '-s sh',
          entries: [
            { key: 'k', text: 'k -w 2' },
            { key: 'm', text: 'm' },
          ],
        },
      ],
    },
  ];
  const own = { ...ipvs, group: group.name };
  expect(diffRuleset(from, to)).toEqual([
    { ...ipvs, kind: 'groupAdded', group: 'new', declaration: '-s rr', owner: { origin } },
    { ...own, kind: 'groupChanged', from: '-s rr', to: '-s sh' },
    { ...own, kind: 'entryRemoved', entry: { key: 'l', text: 'l' } },
    { ...own, kind: 'entryChanged', from: entry, to: { key: 'k', text: 'k -w 2' } },
    { ...own, kind: 'entryAdded', entry: { key: 'm', text: 'm' } },
  ]);
  expect(diffRuleset(to, from).map(({ kind }) => kind)).toEqual([
    'groupRemoved',
    'groupChanged',
    'entryRemoved',
    'entryChanged',
    'entryAdded',
  ]);
});

test('any rules become any others, and nothing differs afterwards', () => {
  fc.assert(
    fc.property(arbitraryRules, arbitraryRules, (from, to) => {
      expect(diffRuleset(from, from)).toEqual([]);
      expect(applyChanges(from, diffRuleset(from, to))).toEqual(to);
    }),
    { numRuns: 500 },
  );
});
