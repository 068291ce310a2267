import { expect, test } from 'vitest';
import { readMark, readNumber } from '../../../src/ruleset/ipvs/read-number.ts';

test.for([
  ['0', 0],
  ['65535', 65_535],
  ['4294967295', 4_294_967_295],
  ['4294967296', undefined],
  ['', undefined],
  ['01', undefined],
  ['-1', undefined],
  ['1e3', undefined],
] as const)('reads the number %j', ([text, value]) => {
  expect(readNumber(text)).toBe(value);
});

test.for([
  ['1', 1],
  ['-1', -1],
  ['-2147483648', -2_147_483_648],
  ['-2147483649', undefined],
  ['-0', undefined],
  ['--1', undefined],
] as const)('reads the mark %j', ([text, mark]) => {
  expect(readMark(text)).toBe(mark);
});
