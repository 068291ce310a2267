import { expect, test } from 'vitest';
import { compareNames } from '../../src/util/compare-names.ts';

test('by code units of the names, whatever else there is', () => {
  const named = [{ name: 'b', rank: 1 }, { name: 'a' }, { name: 'B' }, { name: '' }];
  expect(named.toSorted(compareNames).map(({ name }) => name)).toEqual(['', 'B', 'a', 'b']);
  expect(compareNames({ name: 'a' }, { name: 'a' })).toBe(0);
});
