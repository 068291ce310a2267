import { expect, test } from 'vitest';
import {
  parseMarkAndMask,
  parsePortNumber,
  parseUint32,
} from '../../../src/ruleset/iptables/normalize-number.ts';

test.for<readonly [text: string, value: number | undefined]>([
  ['0', 0],
  ['16', 16],
  ['010', 8],
  ['0x00004000', 0x4000],
  ['0XfF', 255],
  ['4294967295', 0xffff_ffff],
  ['4294967296', undefined],
  ['08', undefined],
  ['-1', undefined],
  ['', undefined],
  ['1e3', undefined],
])('%j is %s', ([text, value]) => {
  expect(parseUint32(text)).toBe(value);
});

test('a mark without a mask has all bits in it', () => {
  expect(parseMarkAndMask('0x4000/0x8000')).toEqual({ mark: 0x4000, mask: 0x8000 });
  expect(parseMarkAndMask('1')).toEqual({ mark: 1, mask: 0xffff_ffff });
  expect(parseMarkAndMask('1/')).toBeUndefined();
  expect(parseMarkAndMask('1/2/3')).toBeUndefined();
});

test('a port is decimal and has 16 bits', () => {
  expect(['0', '53', '65535', '65536', '0x10', ''].map(parsePortNumber)).toEqual([
    0,
    53,
    65_535,
    undefined,
    undefined,
    undefined,
  ]);
});
