import { expect, test } from 'vitest';
import { printShare } from '../../src/util/print-share.ts';

test.for([
  [1, 'always'],
  [0.999_999_999, 'always'],
  [1 / 3, '1 in 3'],
  // As iptables keeps it.
  [0.333_333_333_488_553_76, '1 in 3'],
  [0.001, '1 in 1000'],
  [2 / 3, '2 in 3'],
  [3 / 8, '3 in 8'],
  [0.123_456, '12.3 %'],
  [0.98, '98 %'],
] as const)('%d is %s', ([probability, text]) => {
  expect(printShare(probability)).toBe(text);
});
