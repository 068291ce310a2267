import { expect, test } from 'vitest';
import { quoteValue } from '../../src/util/quote-value.ts';

test.for<[unknown, string]>([
  ['10.0.0.256', '"10.0.0.256"'],
  ['say "hi"\\', '"say \\"hi\\"\\\\"'],
  ['\u001b[31mred\n\u202e', '"\\u001b[31mred\\n\\u202e"'],
  [70_000, '70000'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NaN, 'NaN'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  ['x'.repeat(80), `"${'x'.repeat(80)}"`],
  ['x'.repeat(81), `"${'x'.repeat(79)}…"`],
])('prints %j as %s', ([value, expected]) => {
  expect(quoteValue(value)).toBe(expected);
});

test('a text of many megabytes costs nothing', () => {
  expect(quoteValue('x'.repeat(50_000_000))).toHaveLength(82);
});
