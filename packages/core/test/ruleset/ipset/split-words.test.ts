import { expect, test } from 'vitest';
import { splitWords } from '../../../src/ruleset/ipset/split-words.ts';

test.for<[string, string[]]>([
  ['', []],
  ['  \t\r', []],
  ['add a 10.0.0.1', ['add', 'a', '10.0.0.1']],
  [' add\ta  1\r', ['add', 'a', '1']],
  ['1 comment "a  b" x', ['1', 'comment', '"a  b"', 'x']],
  ['a "" b', ['a', '""', 'b']],
  ['a "b c', ['a', '"b c']],
  ['a"b c"d e', ['a"b c"d', 'e']],
])('splits %j', ([text, words]) => {
  expect(splitWords(text)).toEqual(words);
});
