import { expect, test } from 'vitest';
import { groupBy } from '../../src/util/group-by.ts';

test('keeps keys and items in the order of their first appearance', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'a2', 'c1'], (item) => item.slice(0, 1));
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]);
});
