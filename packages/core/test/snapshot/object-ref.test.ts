import { expect, test } from 'vitest';
import { objectRef } from '../../src/snapshot/object-ref.ts';

function refOf(value: Record<string, unknown>): ReturnType<typeof objectRef> {
  return objectRef(
    { kind: 'Service', apiVersion: 'v1', value, rangeOf: () => undefined, text: '' },
    ['spec', 'ports', 0],
  );
}

test('names kind, namespace, name and path', () => {
  expect(refOf({ metadata: { name: 'web', namespace: 'shop' } })).toStrictEqual({
    kind: 'Service',
    namespace: 'shop',
    name: 'web',
    path: 'spec.ports[0]',
  });
});

test.for<unknown>([undefined, 3, null, '', 'a b', 'a\u001b[31m', 'x'.repeat(254), {}])(
  'leaves out a name that cannot be shown: %j',
  (name) => {
    expect(refOf({ metadata: { name, namespace: name } })).toStrictEqual({
      kind: 'Service',
      path: 'spec.ports[0]',
    });
    expect(refOf({ metadata: name })).toStrictEqual({ kind: 'Service', path: 'spec.ports[0]' });
  },
);
