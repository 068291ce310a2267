import { expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse-documents.ts';
import type { Path } from '../../src/util/print-path.ts';

const text = `# first
a: 1
---
kind: List
items:
  - spec:
      ports:
        - port: 80
          name: "we\\x62"
        - { port: 443, name: https }
  - metadata:
      labels: {"a.b/c": x, "\\u005f": y}
      text: |
        one
        two
      alias: &here [p]
    again: *here
`;

test.for<[Path, string]>([
  [['kind'], 'List'],
  [['items', 0, 'spec', 'ports', 0, 'port'], '80'],
  [['items', 0, 'spec', 'ports', 0, 'name'], '"we\\x62"'],
  [['items', 0, 'spec', 'ports', 1], '{ port: 443, name: https }'],
  [['items', 0, 'spec', 'ports', 1, 'port'], '443'],
  [['items', 1, 'metadata', 'labels', 'a.b/c'], 'x'],
  [['items', 1, 'metadata', 'labels', '_'], 'y'],
  [['items', 1, 'metadata', 'text'], '|\n        one\n        two\n'],
  [['items', 1, 'again'], '*here'],
  // The nearest enclosing value that is there.
  [['items', 0, 'spec', 'ports', 1, 'nodePort'], '{ port: 443, name: https }'],
  [['items', 1, 'metadata', 'labels', 'no', 'where'], '{"a.b/c": x, "\\u005f": y}'],
  [['items', 0, 'spec', 'ports', 0, 'port', 'deeper'], '80'],
])('%j is %s', ([path, expected]) => {
  const [, document] = parseDocuments({ file: 'shop.yaml', text }).documents;
  const range = document?.rangeOf(path);
  expect(range?.source).toBe('shop.yaml');
  expect(text.slice(range?.start, range?.end)).toBe(expected);
});

test('of documents that ... tells apart each has its own places', () => {
  const stream = 'a: 1\n...\na: 22\n...\n---\na: 333\n';
  const shown = parseDocuments({ file: 'f', text: stream }).documents.map(({ rangeOf }) => {
    const range = rangeOf(['a']);
    return stream.slice(range?.start, range?.end);
  });
  expect(shown).toEqual(['1', '22', '333']);
});

test.for([': ', '- ', '? '])('thousands of %j in one line are nested too deeply', (indicator) => {
  const source = { file: 'deep.yaml', text: indicator.repeat(20_000) };
  const { documents, diagnostics } = parseDocuments(source);
  expect(documents).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['YAML_SYNTAX']);
  expect(diagnostics[0]?.message).toContain('nested more than 200 levels deep');
});
