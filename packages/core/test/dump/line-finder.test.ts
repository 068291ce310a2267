import { expect, test } from 'vitest';
import { lineFinder } from '../../src/dump/line-finder.ts';

test('lines count from 1, in each file by itself', () => {
  const lineOf = lineFinder({ a: 'one\ntwo\n\nfour', b: '' });
  const at = (source: string, offset: number): number => lineOf({ source, offset });
  expect([0, 3, 4, 7, 8, 9, 12].map((offset) => at('a', offset))).toEqual([1, 1, 2, 2, 3, 4, 4]);
  expect([at('b', 0), at('no such file', 5)]).toEqual([1, 1]);
});
