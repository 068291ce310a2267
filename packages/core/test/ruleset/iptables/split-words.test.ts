import { expect, test } from 'vitest';
import {
  createWordBounds,
  readWord,
  splitWords,
} from '../../../src/ruleset/iptables/split-words.ts';

function wordsOf(text: string): string[] | number {
  const bounds = createWordBounds();
  const open = splitWords(text, { start: 0, end: text.length }, bounds);
  if (open >= 0) return open;
  return Array.from({ length: bounds.count }, (_, index) =>
    readWord(text, bounds.starts[index]!, bounds.ends[index]!),
  );
}

test.for<readonly [text: string, words: readonly string[]]>([
  ['', []],
  [' \t ', []],
  ['-A INPUT', ['-A', 'INPUT']],
  ['  -A\tINPUT  ', ['-A', 'INPUT']],
  ['-A INPUT\r', ['-A', 'INPUT']],
  ['a\rb', ['a\rb']],
  ['--comment "two words"', ['--comment', 'two words']],
  ['""', ['']],
  [String.raw`"a \"b\" \\ \' c"`, [String.raw`a "b" \ ' c`]],
  [String.raw`a\ b`, ['a\\', 'b']],
  ['be"fore it"after', ['before it', 'after']],
  ["'a b'", ["'a", "b'"]],
])('the words of %j are those that iptables-restore takes', ([text, words]) => {
  expect(wordsOf(text)).toEqual(words);
});

test.for<readonly [text: string, offset: number]>([
  ['"', 0],
  ['a "b', 2],
  ['a b"c\\"', 2],
])('in %j a quote is left open', ([text, offset]) => {
  expect(wordsOf(text)).toBe(offset);
});
