import { expect, test } from 'vitest';
import { WordCursor } from '../../../src/ruleset/ipvs/word-cursor.ts';

test('takes words one after the other', () => {
  const cursor = new WordCursor('  a b\t(c) ');
  expect(cursor.takeIf('b')).toBe(false);
  expect(cursor.takeIf('a')).toBe(true);
  expect(cursor.takeBeginning('(')).toBeUndefined();
  expect(cursor.take()).toBe('b');
  expect(cursor.isAtEnd()).toBe(false);
  expect(cursor.takeBeginning('(')).toBe('(c)');
  expect(cursor.isAtEnd()).toBe(true);
  expect(cursor.take()).toBe('');
});
