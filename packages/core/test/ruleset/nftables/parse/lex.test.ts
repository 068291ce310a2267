import { expect, test } from 'vitest';
import { lex } from '../../../../src/ruleset/nftables/parse/lex.ts';

test.for<[string, string[]]>([
  ['', []],
  [' \t\r', []],
  ['ip saddr', ['ip', 'saddr']],
  ['{a,b;c}', ['{', 'a', ',', 'b', ';', 'c', '}']],
  ['a\nb', ['a', '\n', 'b']],
  ['a\\\nb', ['a', 'b']],
  ['a \\\n b', ['a', 'b']],
  ['a\\b', ['a\\b']],
  ['"a; { b" c', ['"a; { b"', 'c']],
  ['"open\nnext', ['"open', '\n', 'next']],
  ['"open', ['"open']],
  ['a# b { c\nd', ['a', '# b { c', '\n', 'd']],
  ['# last', ['# last']],
  ['ü@é', ['ü@é']],
])('%j', ([text, tokens]) => {
  const { starts, ends } = lex(text);
  expect(starts.map((start, index) => text.slice(start, ends[index]))).toEqual(tokens);
});
