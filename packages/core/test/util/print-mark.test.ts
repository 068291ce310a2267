import { expect, test } from 'vitest';
import { printMark } from '../../src/util/print-mark.ts';

test.for([
  [0, '0x00000001'],
  [5, '0x00000020'],
  [14, '0x00004000'],
  [31, '0x80000000'],
] as const)('the mark of bit %i is %s', ([bit, text]) => {
  expect(printMark(2 ** bit)).toBe(text);
});
