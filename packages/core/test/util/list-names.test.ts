import { expect, test } from 'vitest';
import { listNames } from '../../src/util/list-names.ts';

const names = Array.from({ length: 13 }, (_, index) => `n${index}`);

test.for([
  [0, ''],
  [2, 'n0, n1'],
  [10, 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9'],
  [13, 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 3 more'],
] as const)('%i names', ([length, expected]) => {
  expect(listNames(names.slice(0, length))).toBe(expected);
});
