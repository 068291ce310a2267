import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePath } from '../../src/util/parse-path.ts';
import { printPath } from '../../src/util/print-path.ts';

test.for<[string, (string | number)[]]>([
  ['', []],
  ['spec.ports[1].port', ['spec', 'ports', 1, 'port']],
  ['data["config.conf"]', ['data', 'config.conf']],
  ['metadata.annotations["a/b\\"]"]', ['metadata', 'annotations', 'a/b"]']],
  ['[0][1]', [0, 1]],
])('%s', ([text, path]) => {
  expect(parsePath(text)).toEqual(path);
});

test('reads what printPath prints', () => {
  const step = fc.oneof(fc.string(), fc.nat(), fc.constantFrom('spec', 'a-b', '__proto__', ''));
  fc.assert(
    fc.property(fc.array(step), (path) => {
      expect(parsePath(printPath(path))).toEqual(path);
    }),
  );
});
