import { expect, test } from 'vitest';
import { printPath, type Path } from '../../src/util/print-path.ts';

test.for<[string, Path]>([
  ['', []],
  ['spec', ['spec']],
  ['spec.ports[1].port', ['spec', 'ports', 1, 'port']],
  ['[0].kind', [0, 'kind']],
  ['data["config.conf"]', ['data', 'config.conf']],
  [
    'metadata.labels["kubernetes.io/service-name"]',
    ['metadata', 'labels', 'kubernetes.io/service-name'],
  ],
  ['["a b"].c', ['a b', 'c']],
  ['a-b._c', ['a-b', '_c']],
  ['a["0"]', ['a', '0']],
  ['a[""]', ['a', '']],
  ['a["\\u001b[31m"]', ['a', '\u001b[31m']],
])('prints %s', ([expected, path]) => {
  expect(printPath(path)).toBe(expected);
});
