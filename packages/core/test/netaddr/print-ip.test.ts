import { expect, test } from 'vitest';
import { printIP } from '../../src/netaddr/print-ip.ts';

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 255]);
}

test.for<[string, readonly number[]]>([
  ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
  ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
  ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
  ['2001:db8::1', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
  // RFC 5952 4.2.2: one group of zeros is not shortened.
  ['2001:db8:0:1:1:1:1:1', [0x2001, 0xdb8, 0, 1, 1, 1, 1, 1]],
  ['0:1:1:1:1:1:1:0', [0, 1, 1, 1, 1, 1, 1, 0]],
  // 4.2.3: the longest run; of two equal ones the first.
  ['2001:0:0:1::1', [0x2001, 0, 0, 1, 0, 0, 0, 1]],
  ['2001:db8::1:0:0:1', [0x2001, 0xdb8, 0, 0, 1, 0, 0, 1]],
  ['1:0:0:2::', [1, 0, 0, 2, 0, 0, 0, 0]],
  ['::1:0:0:1:1', [0, 0, 0, 1, 0, 0, 1, 1]],
  // 4.1 and 4.3: no leading zeros, lower case.
  ['abcd:ef01:2:30:400:5000:6:7', [0xabcd, 0xef01, 2, 0x30, 0x400, 0x5000, 6, 7]],
  // An IPv4-compatible address is not written with dots (Go).
  ['::102:304', [0, 0, 0, 0, 0, 0, 0x102, 0x304]],
])('prints %s', ([expected, groups]) => {
  expect(printIP(bytesOf(groups))).toBe(expected);
});

test('prints IPv4 as a dotted quad', () => {
  expect(printIP([10, 0, 255, 8])).toBe('10.0.255.8');
});
