import { expect, test } from 'vitest';
import type { Chain, Table } from '../../../src/ruleset/nftables/ast.ts';
import { changeTable } from '../../../src/ruleset/nftables/change-table.ts';
import { printReplacement, printTable } from '../../../src/ruleset/nftables/print-table.ts';
import { createNftModel } from '../../support/nft-model.ts';
import { chainWith, goTo, isIn, mapOf, setOf } from '../../support/nft-tables.ts';
import { tableOf } from '../../support/nftables.ts';

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** The commands of both scripts of a change, which nft must take. */
function commands(from: Table, to: Table): Record<'preparation' | 'script', string[]> {
  const { preparation, script, result } = changeTable(from, to);
  const [model, wanted] = [createNftModel(), createNftModel()];
  model.run(printTable(from));
  model.run(preparation);
  model.run(script);
  wanted.run(printTable(result));
  expect(model.list()).toEqual(wanted.list());
  return { preparation: linesOf(preparation), script: linesOf(script) };
}

/** A chain that the kernel calls. */
function hooked(...rules: Parameters<typeof chainWith>[1][]): Chain {
  return { ...chainWith('a', ...rules), hook: { type: 'nat', hook: 'output', priority: 0 } };
}

test('nothing to do: no command, and the wanted table itself', () => {
  const table = tableOf({ chains: [chainWith('a', [goTo('a')])], sets: [setOf('s', '1')] });
  const to = structuredClone(table);
  expect(changeTable(table, to)).toEqual({ preparation: '', script: '', result: table });
  expect(changeTable(table, to).result).toBe(to);
});

test('what is new is made first, what leads to it comes second', () => {
  const from = tableOf({ chains: [hooked()], maps: [mapOf('m')] });
  const to = tableOf({
    chains: [hooked([isIn('s'), goTo('b')]), chainWith('b', [goTo('c')]), chainWith('c')],
    sets: [setOf('s', '1')],
    maps: [mapOf('m', { 1: 'c' }), mapOf('n', { 1: 'b' })],
  });
  expect(commands(from, to)).toEqual({
    preparation: [
      'add chain ip t b',
      'add chain ip t c',
      'add set ip t s { type ipv4_addr ; }',
      'add map ip t n { type ipv4_addr : verdict ; }',
      'add rule ip t b goto c',
    ],
    script: [
      'flush chain ip t a',
      'add rule ip t a ip saddr @s goto b',
      'add element ip t s { 1 }',
      'add element ip t m { 1 : goto c }',
      'add element ip t n { 1 : goto b }',
    ],
  });
});

test('what is not wanted stays, is emptied once nothing leads to it, and goes after that', () => {
  const b = chainWith('b', [isIn('s'), goTo('c')]);
  const from = tableOf({
    chains: [hooked([goTo('b')]), b, chainWith('c')],
    sets: [setOf('s', '1'), setOf('unused', '1')],
    maps: [mapOf('m', { 1: 'b' })],
  });
  const to = tableOf({ chains: [hooked()], maps: [mapOf('m')] });
  const first = changeTable(from, to).result;
  expect(commands(from, to)).toEqual({
    preparation: [],
    script: ['flush chain ip t a', 'delete element ip t m { 1 }', 'delete set ip t unused'],
  });
  expect(first).toEqual({
    ...to,
    chains: [hooked(), b, chainWith('c')],
    sets: [setOf('s', '1')],
  });
  const second = changeTable(first, to).result;
  expect(commands(first, to)).toEqual({ preparation: [], script: ['flush chain ip t b'] });
  expect(commands(second, to)).toEqual({
    preparation: [],
    script: ['delete chain ip t b', 'delete chain ip t c', 'delete set ip t s'],
  });
  expect(changeTable(second, to).result).toBe(to);
});

test('an emptied chain that is wanted again is filled before something leads to it', () => {
  const to = tableOf({
    chains: [hooked([goTo('b')]), chainWith('b', [goTo('c')]), chainWith('c')],
  });
  const from = tableOf({ chains: [hooked(), chainWith('b'), chainWith('c')] });
  expect(commands(from, to)).toEqual({
    preparation: ['flush chain ip t b', 'add rule ip t b goto c'],
    script: ['flush chain ip t a', 'add rule ip t a goto b'],
  });
});

const timed = { ...setOf('s', '1'), timeout: 60 };

test('a set with other properties is declared anew, with the rules that look into it', () => {
  const chains = [hooked([isIn('s')], [goTo('b')]), chainWith('b', [isIn('other')])];
  const from = tableOf({ chains, sets: [setOf('s', '1'), setOf('other')] });
  expect(commands(from, tableOf({ chains, sets: [timed, setOf('other')] }))).toEqual({
    preparation: [],
    script: [
      'flush chain ip t a',
      'delete set ip t s',
      'add set ip t s { type ipv4_addr ; timeout 60s ; }',
      'add rule ip t a ip saddr @s',
      'add rule ip t a goto b',
      'add element ip t s { 1 }',
    ],
  });
});

test.for<[string, readonly Chain[], readonly Chain[]]>([
  ['goes', [chainWith('x', [isIn('s')])], []],
  [
    'goes while something led to it',
    [hooked([goTo('x')]), chainWith('x', [isIn('s')])],
    [hooked()],
  ],
  ['is new', [], [chainWith('x', [isIn('s')])]],
  ['is not led to', [chainWith('x', [isIn('s')])], [chainWith('x', [isIn('s')])]],
])('a set is declared anew where a chain that looks into it %s', ([, before, after]) => {
  const stays = chainWith('stays', [isIn('s')]);
  const from = tableOf({ chains: [stays, ...before], sets: [setOf('s', '1')] });
  const to = tableOf({ chains: [stays, ...after], sets: [timed] });
  const { preparation, script } = commands(from, to);
  expect([...preparation, ...script]).toContain('delete set ip t s');
});

test.for<[string, Partial<Table>, Partial<Table>]>([
  ['a map was a set', { sets: [setOf('x')] }, { maps: [mapOf('x')] }],
  ['a set was a map', { maps: [mapOf('x')] }, { sets: [setOf('x')] }],
  [
    'a map has other keys',
    { maps: [mapOf('x')] },
    { maps: [{ ...mapOf('x'), type: ['inet_proto'] }] },
  ],
  [
    'a chain is hooked in',
    { chains: [chainWith('x')] },
    { chains: [{ ...chainWith('x'), hook: { type: 'nat', hook: 'output', priority: 0 } }] },
  ],
])('the table is replaced if %s', ([, before, after]) => {
  const [from, to] = [tableOf(before), tableOf(after)];
  expect(changeTable(from, to)).toEqual({
    preparation: '',
    script: printReplacement(to),
    result: to,
  });
  expect(changeTable(from, to, { together: true }).script).toBe(
    printReplacement(to, { together: true }),
  );
});
