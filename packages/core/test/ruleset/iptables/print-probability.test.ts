import { expect, test } from 'vitest';
import { printProbability } from '../../../src/ruleset/iptables/print-probability.ts';

test.for([
  [2, '0.5000000000'],
  [3, '0.3333333333'],
  [4, '0.2500000000'],
  [5, '0.2000000000'],
  [6, '0.1666666667'],
  [7, '0.1428571429'],
  [11, '0.0909090909'],
  [13, '0.0769230769'],
  [1001, '0.0009990010'],
] as const)('1 in %i is %s', ([n, text]) => {
  expect(printProbability(n)).toBe(text);
});

test('a tie goes to the even digit, as C’s printf has it', () => {
  // 1/2048 = 0.00048828125 exactly.
  expect(printProbability(2048)).toBe('0.0004882812');
});

test('the same number is the same text each time', () => {
  expect([3, 2, 3, 3].map(printProbability)).toEqual([
    '0.3333333333',
    '0.5000000000',
    '0.3333333333',
    '0.3333333333',
  ]);
});

test('every probability up to 1 in 5000 is the nearest one of ten decimals', () => {
  for (let n = 2; n <= 5000; n++) {
    const text = printProbability(n);
    expect(text).toMatch(/^0\.\d{10}$/);
    // n times the error, in units of the last digit, is at most n/2.
    const units = BigInt(text.slice(2));
    const error = units * BigInt(n) * 2n - 20_000_000_000n;
    expect(error <= BigInt(n) && error >= -BigInt(n)).toBe(true);
  }
});
