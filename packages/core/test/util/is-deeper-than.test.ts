import { expect, test } from 'vitest';
import { isDeeperThan } from '../../src/util/is-deeper-than.ts';

test.for<[unknown, number, boolean]>([
  ['text', 0, false],
  [null, 0, false],
  [[], 0, true],
  [{}, 1, false],
  [{ a: 1 }, 1, false],
  [{ a: [] }, 1, true],
  [{ a: [{ b: 1 }], c: 1 }, 3, false],
  [{ a: 1, c: [{ b: [] }] }, 3, true],
])('says of %j and %d levels: %s', ([value, levels, expected]) => {
  expect(isDeeperThan(value, levels)).toBe(expected);
});

test('ends for a value that holds itself', () => {
  const value: unknown[] = [];
  value.push(value, value);
  expect(isDeeperThan(value, 200)).toBe(true);
});
