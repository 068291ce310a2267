import { expect, test } from 'vitest';
import {
  mergeRanges,
  parseRange,
  printRange,
} from '../../../src/ruleset/nftables/normalize-range.ts';

test.for<[string, string | undefined]>([
  ['10.0.0.1', '10.0.0.1'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['0.0.0.0-255.255.255.255', '0.0.0.0/0'],
  ['10.0.0.2-10.0.0.3', '10.0.0.2/31'],
  ['10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.2'],
  ['fd00::-fd00::ffff', 'fd00::/112'],
  ['80', '80'],
  ['0x50-90', '80-90'],
  ['90-80', undefined],
  ['10.0.0.1-80', undefined],
  ['10.0.0.1-', undefined],
  ['tcp', undefined],
  ['', undefined],
])('%s is %s', ([text, printed]) => {
  const range = parseRange(text);
  expect(range && printRange(range)).toBe(printed);
});

test('ranges that touch or overlap are one, which stands where the first did', () => {
  const texts = ['10.0.1.0/24', '10.0.0.0/24', '10.0.0.5', '10.0.3.0/24', '5', '6', '8'];
  const ranges = texts.flatMap((text) => {
    const range = parseRange(text);
    return range ? [[range, text] as const] : [];
  });
  expect(mergeRanges(ranges).map(([range, item]) => [printRange(range), item])).toEqual([
    ['5-6', '5'],
    ['8', '8'],
    ['10.0.0.0/23', '10.0.0.0/24'],
    ['10.0.3.0/24', '10.0.3.0/24'],
  ]);
});
