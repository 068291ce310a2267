import { expect, test } from 'vitest';
import { suggest } from '../../src/util/suggest.ts';

const words = ['masqueradeAll', 'masqueradeBit', 'mode', 'TCP', 'UDP', 'SCTP'];

test.for<[string, string | undefined]>([
  ['masqueradeAl', 'masqueradeAll'],
  ['MasqueradeBit', 'masqueradeBit'],
  ['tcp', 'TCP'],
  ['TPC', 'TCP'],
  ['PCT', undefined],
  ['TCPP', 'TCP'],
  ['mod', 'mode'],
  ['conntrack', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('suggests for %j %s', ([word, expected]) => {
  expect(suggest(word, words)).toBe(expected);
});

test('suggests nothing for a word of which no letter would be left', () => {
  expect(suggest('', ['v'])).toBeUndefined();
  expect(suggest('x', ['v'])).toBeUndefined();
  expect(suggest('V', ['v'])).toBe('v');
});

test('suggests the first of two that are equally near', () => {
  expect(suggest('masqueradeAit', words)).toBe('masqueradeBit');
  expect(suggest('ab', ['aa', 'bb'])).toBe('aa');
});
