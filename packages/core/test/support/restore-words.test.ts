import { expect, test } from 'vitest';
import { readRestoreWords } from './restore-words.ts';

test.for([
  ['-A a  b', ['-A', 'a', 'b']],
  ['', []],
  ['-m "a b" c', ['-m', 'a b', 'c']],
  [String.raw`"a\"b\\c"`, [String.raw`a"b\c`]],
  ['""', ['']],
  ['"a"b', ['a', 'b']],
  // Without quotes a backslash is nothing special.
  [String.raw`a\ b`, [String.raw`a\ `.trim(), 'b']],
] as const)('reads %s', ([line, words]) => {
  expect(readRestoreWords(line)).toEqual(words);
});

test('refuses an open quote', () => {
  expect(() => readRestoreWords('"a')).toThrow('a quote is left open');
});
