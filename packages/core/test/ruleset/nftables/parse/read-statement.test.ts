import { expect, test } from 'vitest';
import { printKnownStatement } from '../../../../src/ruleset/nftables/parse/print-saved-statement.ts';
import {
  isStatementEnd,
  readStatement,
} from '../../../../src/ruleset/nftables/parse/read-statement.ts';
import type { KnownStatement } from '../../../../src/ruleset/nftables/parse/saved-statement.ts';
import { WordCursor } from '../../../../src/ruleset/nftables/parse/word-cursor.ts';

const mark = { kind: 'meta', key: 'mark' } as const;
const random = { kind: 'numgen', mode: 'random', modulus: '2' } as const;
const source = { kind: 'payload', protocol: 'ip', field: 'saddr' } as const;

const statements: readonly (readonly [text: string, statement: KnownStatement])[] = [
  ['accept', { kind: 'verdict', verdict: { kind: 'accept' } }],
  ['goto a/b', { kind: 'verdict', verdict: { kind: 'goto', chain: 'a/b' } }],
  [
    'ip saddr != 10.0.0.0/8',
    { kind: 'match', left: source, operator: '!=', right: { kind: 'value', text: '10.0.0.0/8' } },
  ],
  [
    'ip saddr @cluster-ips',
    { kind: 'match', left: source, right: { kind: 'set', name: 'cluster-ips' } },
  ],
  [
    'ip saddr { 10.0.0.1, 10.0.0.2 }',
    {
      kind: 'match',
      left: source,
      right: { kind: 'anonymousSet', values: ['10.0.0.1', '10.0.0.2'] },
    },
  ],
  [
    'meta mark & 0x00004000 != 0x00000000',
    {
      kind: 'match',
      left: { kind: 'bits', expression: mark, operator: '&', operand: '0x00004000' },
      operator: '!=',
      right: { kind: 'value', text: '0x00000000' },
    },
  ],
  [
    'fib saddr . iif oif 0',
    {
      kind: 'match',
      left: { kind: 'fib', fields: ['saddr', 'iif'], result: 'oif' },
      right: { kind: 'value', text: '0' },
    },
  ],
  [
    'ct state new',
    { kind: 'match', left: { kind: 'ct', key: 'state' }, right: { kind: 'value', text: 'new' } },
  ],
  ['reject', { kind: 'reject' }],
  ['reject with tcp reset', { kind: 'reject', with: ['tcp', 'reset'] }],
  [
    'mark set meta mark | 0x00004000',
    {
      kind: 'mangle',
      target: { ...mark, bare: true },
      value: { kind: 'bits', expression: mark, operator: '|', operand: '0x00004000' },
    },
  ],
  ['meta mark set 4', { kind: 'mangle', target: mark, value: '4' }],
  ['masquerade random,persistent', { kind: 'masquerade', flags: ['random', 'persistent'] }],
  [
    'ip saddr . meta l4proto vmap @m',
    {
      kind: 'vmap',
      key: { kind: 'concatenation', parts: [source, { kind: 'meta', key: 'l4proto' }] },
      map: { kind: 'map', name: 'm' },
    },
  ],
  [
    'numgen random mod 2 vmap { 0 : drop, 1 : jump c }',
    {
      kind: 'vmap',
      key: random,
      map: {
        kind: 'anonymousMap',
        entries: [
          { key: ['0'], data: { kind: 'verdict', verdict: { kind: 'drop' } } },
          { key: ['1'], data: { kind: 'verdict', verdict: { kind: 'jump', chain: 'c' } } },
        ],
      },
    },
  ],
  [
    'dnat to 10.0.0.1:80 random',
    { kind: 'nat', type: 'dnat', form: [], destination: '10.0.0.1:80', flags: ['random'] },
  ],
  [
    'dnat ip addr . port to numgen random mod 2 offset 1 map { 0 : 10.0.0.1 . 80 }',
    {
      kind: 'mapNAT',
      type: 'dnat',
      form: ['ip', 'addr', '.', 'port'],
      key: { ...random, offset: '1' },
      map: {
        kind: 'anonymousMap',
        entries: [{ key: ['0'], data: { kind: 'values', parts: ['10.0.0.1', '80'] } }],
      },
    },
  ],
  [
    'update @s { ip saddr timeout 10m }',
    { kind: 'update', operation: 'update', set: 's', key: source, timeout: '10m' },
  ],
  ['counter', { kind: 'counter' }],
  ['counter packets 1 bytes 2', { kind: 'counter', count: { packets: '1', bytes: '2' } }],
  [
    'limit rate over 5/minute burst 3 packets',
    { kind: 'limit', words: ['over', '5/minute', 'burst', '3', 'packets'] },
  ],
];

test.for(statements)('%s', ([text, statement]) => {
  const words = cursorOf(text);
  expect(readStatement(words)).toEqual(statement);
  expect(words.isAtEnd).toBe(true);
  expect(printKnownStatement(statement)).toBe(text);
});

test('statements of all kinds were read', () => {
  expect([...new Set(statements.map(([, { kind }]) => kind))].toSorted()).toEqual([
    'counter',
    'limit',
    'mangle',
    'mapNAT',
    'masquerade',
    'match',
    'nat',
    'reject',
    'update',
    'verdict',
    'vmap',
  ]);
});

test.for([
  'log prefix "x"',
  'quota name "q"',
  'jhash ip saddr mod 3 vmap @m',
  'limit name "l"',
  'counter name "c"',
  'counter packets many bytes 1',
  'counter packets 1',
  'ip saddr',
  'ip saddr .',
  'ip saddr { a',
  'ip saddr {',
  'ip saddr a, ,',
  'ip saddr vmap m',
  'tcp dport vmap { 22 accept }',
  'meta mark & mark 1',
  'meta ~',
  'fib saddr what 1',
  'numgen random modulo 2 1',
  'numgen random mod x 1',
  'numgen random mod 2 offset x 1',
  'meta mark set {',
  'jump',
  'dnat 10.0.0.1',
  'dnat to ip saddr to 1',
  'dnat to {',
  'update s { ip saddr }',
  'update @s { 1 }',
  'update @s { ip saddr counter }',
  '',
])('%j is of no kind that is known', (text) => {
  expect(readStatement(cursorOf(text))).toBeUndefined();
});

test('a sign that goes on with a value ends no statement', () => {
  const words = cursorOf('tcp dport 1 - 2');
  readStatement(words);
  expect(isStatementEnd(words)).toBe(false);
  expect(isStatementEnd(cursorOf(''))).toBe(true);
});

function cursorOf(text: string): WordCursor {
  return new WordCursor(
    text === '' ? [] : text.split(/ |(?=,)|(?<=,)/).filter((word) => word !== ''),
  );
}
