import { expect, test } from 'vitest';
import { splitYAMLList } from '../../src/document/split-yaml-list.ts';

function partsOf(text: string): { head: string; tail: string; items: string[] } | undefined {
  const before = 'kind: Other\n';
  const source = { file: 'list.yaml', text: `${before}${text}` };
  const parts = splitYAMLList({ source, start: before.length, end: source.text.length });
  const cut = ({ start, end }: { start: number; end: number }): string =>
    source.text.slice(start, end);
  return parts && { head: cut(parts.head), tail: cut(parts.tail), items: parts.items.map(cut) };
}

test('cuts a list as kubectl prints it', () => {
  const text = `apiVersion: v1
items:
- kind: Service
  text: |
    - no item
    kind: no key
- kind: Node
# a comment
  more: 1
kind: List
metadata:
  resourceVersion: ""
`;
  expect(partsOf(text)).toEqual({
    head: 'apiVersion: v1\n',
    items: [
      '- kind: Service\n  text: |\n    - no item\n    kind: no key\n',
      '- kind: Node\n# a comment\n  more: 1\n',
    ],
    tail: 'kind: List\nmetadata:\n  resourceVersion: ""\n',
  });
});

test('the items may be the first key, and the last', () => {
  expect(partsOf('items:\n- a\n- b')).toEqual({ head: '', items: ['- a\n', '- b'], tail: '' });
});

test.for(['kind: List\nitems: []\n', 'kind: List\nitems:\n  - a\n', 'a: b\n', ''])(
  'leaves %j whole',
  (text) => {
    expect(partsOf(text)).toBeUndefined();
  },
);
