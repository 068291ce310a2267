import { expect, test } from 'vitest';
import type { NamedMap, NamedSet } from '../../../src/ruleset/nftables/ast.ts';
import { changeElements } from '../../../src/ruleset/nftables/change-elements.ts';
import { elementOf, mapOf, setOf } from '../../support/nft-tables.ts';
import { tableOf } from '../../support/nftables.ts';

type Containers = readonly [sets: readonly NamedSet[], maps: readonly NamedMap[]];

function change(from: Containers, to: Containers, emptied: readonly NamedSet[] = []): string[] {
  const [before, after] = [from, to].map(([sets, maps]) => tableOf({ sets, maps }));
  return changeElements(before!, after!, emptied);
}

test('nothing, where nothing differs but the order or the origin', () => {
  const former = { ...elementOf('3'), origin: { reason: 'another' } };
  const sets = [setOf('s', '1', '2'), { ...setOf('t'), elements: [former] }];
  expect(change([sets, []], [sets, []])).toEqual([]);
  expect(change([sets, []], [[setOf('s', '2', '1'), setOf('t', '3')], []])).toEqual([]);
});

test('all deletions come before all additions, one command for each set or map', () => {
  const from = [[setOf('s', '1', '2', '3')], [mapOf('m', { 1: 'a', 2: 'a' })]] as const;
  const to = [[setOf('s', '3', '4', '5')], [mapOf('m', { 2: 'a', 3: 'b' })]] as const;
  expect(change(from, to)).toEqual([
    'delete element ip t s { 1, 2 }',
    'delete element ip t m { 1 }',
    'add element ip t s { 4, 5 }',
    'add element ip t m { 3 : goto b }',
  ]);
});

test('one that leads elsewhere, or has another comment, is deleted and added', () => {
  expect(change([[], [mapOf('m', { 1: 'a' })]], [[], [mapOf('m', { 1: 'b' })]])).toEqual([
    'delete element ip t m { 1 }',
    'add element ip t m { 1 : goto b }',
  ]);
  const named = { ...setOf('s'), elements: [{ ...elementOf('1'), comment: 'why' }] };
  expect(change([[setOf('s', '1')], []], [[named], []])).toEqual([
    'delete element ip t s { 1 }',
    'add element ip t s { 1 comment "why" }',
  ]);
});

test('a new set is filled, and one that goes is left alone', () => {
  expect(change([[setOf('old', '1')], []], [[setOf('new', '1')], []])).toEqual([
    'add element ip t new { 1 }',
  ]);
});

test('a set that is declared anew is filled anew', () => {
  const set = setOf('s', '1', '2');
  expect(change([[setOf('s', '1')], []], [[set], []], [set])).toEqual([
    'add element ip t s { 1, 2 }',
  ]);
});
