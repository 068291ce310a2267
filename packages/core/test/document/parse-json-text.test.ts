import { expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse-documents.ts';
import type { Path } from '../../src/util/print-path.ts';

const text = `{"kind": "Service"}
{"items": [{"a": 1}, {"spec": {"ports": [ {"port" : 80}, {"port":443} ]}}, [], {"a\\u002fb": "x"}],
 "kind": "List"}`;

test.for<[number, Path, string]>([
  [0, ['kind'], '"Service"'],
  [1, ['kind'], '"List"'],
  [1, ['items', 0], '{"a": 1}'],
  [1, ['items', 1, 'spec', 'ports', 1, 'port'], '443'],
  [1, ['items', 1, 'spec', 'ports', 0, 'port'], '80'],
  [1, ['items', 3, 'a/b'], '"x"'],
  [1, ['items', 1, 'spec', 'type'], '{"ports": [ {"port" : 80}, {"port":443} ]}'],
])('in value %d, %j is %s', ([index, path, expected]) => {
  const document = parseDocuments({ file: 'shop.json', text }).documents[index];
  const range = document?.rangeOf(path);
  expect(range?.source).toBe('shop.json');
  expect(text.slice(range?.start, range?.end)).toBe(expected);
});

test('answers in any order as it does in the order of the items', () => {
  const items = Array.from({ length: 50 }, (_, index) => ({ index, text: 'x'.repeat(index) }));
  const list = JSON.stringify({ items });
  const [document] = parseDocuments({ file: 'f', text: list }).documents;
  for (const index of [49, 0, 17, 18, 17, 3]) {
    const range = document?.rangeOf(['items', index]);
    expect(list.slice(range?.start, range?.end)).toBe(JSON.stringify(items[index]));
  }
});
