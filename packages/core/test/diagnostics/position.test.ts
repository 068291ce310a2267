import { expect, test } from 'vitest';
import { positionAt } from '../../src/diagnostics/position.ts';

test.for<[string, number, number, number]>([
  ['', 0, 1, 1],
  ['abc', 0, 1, 1],
  ['abc', 3, 1, 4],
  ['a\nb', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\nb\n', 4, 3, 1],
  ['\n\n\n', 2, 3, 1],
  ['a\r\nb', 3, 2, 1],
  ['a\rb', 2, 1, 3],
  ['😀b\n', 2, 1, 3],
])('in %j offset %d is line %d, column %d', ([text, offset, line, column]) => {
  expect(positionAt(text, offset)).toEqual({ line, column });
});
