import { expect, test } from 'vitest';
import { printEqualShare } from '../../src/output/print-equal-share.ts';

test.for([
  [1, '1/1'],
  [1 / 3, '1/3'],
  [0, '-'],
] as const)('%d is %s', ([share, text]) => {
  expect(printEqualShare({ share, reason: 'ready' })).toBe(text);
});
