import { expect, test } from 'vitest';
import { findLeftovers, type Leftovers } from '../../../src/ruleset/nftables/leftovers.ts';
import { referencesOf } from '../../../src/ruleset/nftables/references.ts';
import type { Table } from '../../../src/ruleset/nftables/ast.ts';
import { chainWith, goTo, isIn, mapOf, setOf, sourceKey } from '../../support/nft-tables.ts';
import { tableOf } from '../../support/nftables.ts';
import { objectName } from '../../../src/ruleset/nftables/names.ts';

function leftoversOf(from: Table, to: Table): Leftovers {
  return findLeftovers(from, to, { references: referencesOf(from), flushed: new Set() });
}

const nothing = { chains: [], sets: [], maps: [] };

test('nothing is left over of what is wanted', () => {
  const table = tableOf({ chains: [chainWith('a')], sets: [setOf('s')], maps: [mapOf('m')] });
  expect(leftoversOf(table, table)).toEqual({ emptied: [], gone: nothing, kept: nothing });
});

test('what nothing named before can go', () => {
  const from = tableOf({ chains: [chainWith('a')], sets: [setOf('s', '1')], maps: [mapOf('m')] });
  const { chains, sets, maps } = from;
  expect(leftoversOf(from, tableOf())).toEqual({
    emptied: [],
    gone: { chains, sets, maps },
    kept: nothing,
  });
});

test('a chain that nothing led to before is emptied, and kept without rules', () => {
  const chain = chainWith('a', [goTo('b')]);
  const from = tableOf({ chains: [chain, chainWith('b')] });
  expect(leftoversOf(from, tableOf({ chains: [chainWith('b')] }))).toEqual({
    emptied: [chain],
    gone: nothing,
    kept: { ...nothing, chains: [{ name: 'a', rules: [] }] },
  });
});

test('a chain that something led to before keeps its rules', () => {
  const [b, c] = [chainWith('b', [goTo('c')]), chainWith('c', [isIn('s')])];
  const from = tableOf({ chains: [chainWith('a', [goTo('b')]), b, c] });
  expect(leftoversOf(from, tableOf({ chains: [chainWith('a')] }))).toEqual({
    emptied: [],
    gone: nothing,
    kept: { ...nothing, chains: [b, c] },
  });
});

test('what a rule or an element named before is kept', () => {
  const look = { kind: 'vmap', key: sourceKey, map: objectName('m') } as const;
  const used = chainWith('used', [isIn('s')], [look], [goTo('b')]);
  const [s, m] = [setOf('s', '1'), mapOf('m')];
  const from = tableOf({
    chains: [used, chainWith('b'), chainWith('c')],
    sets: [s],
    maps: [m, mapOf('kept', { 1: 'c' })],
  });
  const to = tableOf({ chains: [chainWith('used')], maps: [mapOf('kept')] });
  expect(leftoversOf(from, to)).toEqual({
    emptied: [],
    gone: nothing,
    kept: { chains: [chainWith('b'), chainWith('c')], sets: [s], maps: [m] },
  });
});
