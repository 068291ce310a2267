import { expect, test } from 'vitest';
import { WordCursor } from '../../../../src/ruleset/nftables/parse/word-cursor.ts';

test('words are read one after the other, and can be read again', () => {
  const words = new WordCursor(['a', 'b', 'c']);
  expect([words.peek(), words.peek(2), words.peek(3)]).toEqual(['a', 'c', '']);
  expect(words.skip('b')).toBe(false);
  expect(words.skip('a')).toBe(true);
  expect([words.next(), words.at]).toEqual(['b', 2]);
  expect(words.since(1)).toEqual(['b']);
  words.reset(1);
  expect(words.next()).toBe('b');
});

test('behind the last word there are empty ones', () => {
  const words = new WordCursor([]);
  expect(words.isAtEnd).toBe(true);
  expect(words.skip('')).toBe(false);
  expect(words.next()).toBe('');
});
