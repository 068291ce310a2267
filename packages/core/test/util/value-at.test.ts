import { expect, test } from 'vitest';
import { valueAt } from '../../src/util/value-at.ts';
import type { Path } from '../../src/util/print-path.ts';

const value: unknown = JSON.parse('{"a": [1, {"b": null}], "__proto__": {"c": 2}}');

test.for<[Path, unknown]>([
  [[], value],
  [['a', 0], 1],
  [['a', 1, 'b'], null],
  [['__proto__', 'c'], 2],
  [['a', 2], undefined],
  [['a', 1, 'b', 'c'], undefined],
  [['a', 0, 'b'], undefined],
  // Own properties only.
  [['toString'], undefined],
  [['constructor', 'name'], undefined],
  [['a', 'map'], undefined],
])('at %j stands %j', ([path, expected]) => {
  expect(valueAt(value, path)).toEqual(expected);
});
