import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonRangeFinder, skipSpace, skipValue } from '../../src/document/json-range.ts';
import { valueAt } from '../../src/util/value-at.ts';
import type { Path } from '../../src/util/print-path.ts';

const text = ` {"a": 1 , "b" : {"c": [10, "]}\\"", {"d":null}], "": true},
  "e\\u0066": [], "\\"": -1.5e3, "b": {"c": [false, [ 2 ]]}} `;

test.for<[Path, string]>([
  [[], text.trim()],
  [['a'], '1'],
  [['ef'], '[]'],
  [['"'], '-1.5e3'],
  // Of a key that is there twice the last one counts, as in JSON.parse.
  [['b', 'c', 0], 'false'],
  [['b', 'c', 1], '[ 2 ]'],
  [['b', 'c', 1, 0], '2'],
  // The nearest enclosing value that is there.
  [['b', 'c', 1, 7], '[ 2 ]'],
  [['b', 'c', 1, 0, 'x'], '2'],
  [['b', 'x', 'y'], '{"c": [false, [ 2 ]]}'],
  [['a', 0], '1'],
  [['ef', 0], '[]'],
  [['b', 0], '{"c": [false, [ 2 ]]}'],
  [['b', 'c', 'length'], '[false, [ 2 ]]'],
])('%j is %s', ([path, expected]) => {
  const { start, end } = jsonRangeFinder(text, 0)(path);
  expect(text.slice(start, end)).toBe(expected);
});

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

test('finds each value of any JSON text', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const printed = `  ${JSON.stringify(value, null, indent)}\n{`;
      const find = jsonRangeFinder(printed, 1);
      for (const path of pathsOf(value)) {
        const { start, end } = find(path);
        expect(JSON.parse(printed.slice(start, end))).toEqual(valueAt(value, path));
      }
    }),
  );
});

test('asking for each of 20,000 elements takes no quadratic time', () => {
  const list = JSON.stringify({
    spec: { externalIPs: Array.from({ length: 20_000 }, (_, index) => `${index}`) },
  });
  const find = jsonRangeFinder(list, 0);
  const before = performance.now();
  for (let index = 0; index < 20_000; index++) find(['spec', 'externalIPs', index]);
  expect(performance.now() - before).toBeLessThan(5000);
  const { start, end } = find(['spec', 'externalIPs', 19_999]);
  expect(list.slice(start, end)).toBe('"19999"');
});

test('skipping always gets on, and never leaves the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\a1 ')) }),
      fc.nat(20),
      (any, at) => {
        const start = Math.min(at, any.length);
        expect(skipSpace(any, start)).toBeGreaterThanOrEqual(start);
        const end = skipValue(any, start);
        expect(end).toBeLessThanOrEqual(any.length);
        if (start < any.length) expect(end).toBeGreaterThan(start);
      },
    ),
  );
});
