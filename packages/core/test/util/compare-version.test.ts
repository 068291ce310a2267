import { expect, test } from 'vitest';
import { compareVersion } from '../../src/util/compare-version.ts';

/** From old to new. */
const ordered = [
  'no number at all',
  '1',
  '1.8.9',
  '1.8.10',
  'v1.9',
  '5.4.0-150-generic',
  '5.13.0-rc1',
  '6.1.0-18-amd64',
  '10.0',
];

test('versions are ordered by their numbers, not as text', () => {
  for (const [index, older] of ordered.entries()) {
    for (const newer of ordered.slice(index + 1)) {
      expect(compareVersion(older, newer)).toBeLessThan(0);
      expect(compareVersion(newer, older)).toBeGreaterThan(0);
    }
  }
});

test.for([
  ['6', '6.0'],
  ['6.0', '6.0.0'],
  ['v1.0.1', '1.0.1'],
  ['5.13.0-rc1', '5.13.0'],
  ['nftables v1.0.6 (Lester Gooch #5)', '1.0.6'],
  ['ipset v7.17, protocol version: 7', '7.17'],
  ['', '0'],
])('%s is as new as %s', ([a = '', b = '']) => {
  expect(compareVersion(a, b)).toBe(0);
});
