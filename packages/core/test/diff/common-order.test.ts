import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonOrder } from '../../src/diff/common-order.ts';

test.for([
  { a: '', b: '', common: [] },
  { a: 'abc', b: '', common: [] },
  {
    a: 'abc',
    b: 'abc',
    common: [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  },
  {
    a: 'abc',
    b: 'xbc',
    common: [
      [1, 1],
      [2, 2],
    ],
  },
  {
    a: 'abcd',
    b: 'dabc',
    common: [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  },
  {
    a: 'aab',
    b: 'ab',
    common: [
      [0, 0],
      [2, 1],
    ],
  },
  {
    a: 'ab',
    b: 'abab',
    common: [
      [0, 0],
      [1, 1],
    ],
  },
])('$a and $b have $common in common', ({ a, b, common }) => {
  expect(commonOrder(a.split(''), b.split(''))).toEqual(common);
});

/** The length of the longest common order, by trying all parts of the shorter list. */
function bruteForce(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  for (let mask = 0; mask < 2 ** a.length; mask++) {
    const part = a.filter((_, index) => (mask >> index) & 1);
    let next = 0;
    for (const text of b) if (text === part[next]) next++;
    if (next === part.length) longest = Math.max(longest, next);
  }
  return longest;
}

const letters = 'abcdefgh'.split('');
const permutation = fc
  .tuple(fc.shuffledSubarray(letters), fc.nat(8))
  .map(([list, length]) => list.slice(0, length));

test('unique texts: as long as any common order can be', () => {
  fc.assert(
    fc.property(permutation, permutation, (a, b) => {
      expect(commonOrder(a, b)).toHaveLength(bruteForce(a, b));
    }),
  );
});

test('any texts: pairs are equal and ascend on both sides', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      const pairs = commonOrder(a, b);
      for (const [left, right] of pairs) expect(a[left]).toBe(b[right]);
      for (const [index, [left, right]] of pairs.entries()) {
        const [nextLeft, nextRight] = pairs[index + 1] ?? [a.length, b.length];
        expect([left < nextLeft, right < nextRight]).toEqual([true, true]);
      }
    }),
  );
});

/** Milliseconds that the order of so many rules takes in which each has moved. */
function timeOf(count: number): number {
  const many = Array.from({ length: count }, (_, index) => `rule ${index}`);
  const start = performance.now();
  expect(commonOrder(many, many.toReversed())).toHaveLength(1);
  return performance.now() - start;
}

test('the time for many rules in another order grows little faster than their number', () => {
  timeOf(20_000);
  const few = Math.min(...[1, 2, 3].map(() => timeOf(20_000)));
  const many = Math.min(...[1, 2, 3].map(() => timeOf(200_000)));
  expect(many / few).toBeLessThan(60);
});
