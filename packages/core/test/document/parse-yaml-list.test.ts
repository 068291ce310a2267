import { expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse-documents.ts';
import { parseYAMLList } from '../../src/document/parse-yaml-list.ts';
import type { ParsedDocuments } from '../../src/document/source-text.ts';

const filler = `  note: ${'x'.repeat(100)}\n`;

function listText(count: number, broken = -1): string {
  const items = Array.from(
    { length: count },
    (_, index) => `- kind: Service\n  index: ${index === broken ? '[' : index}\n${filler}`,
  );
  return `apiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`;
}

function parseLarge(text: string): ParsedDocuments {
  const source = { file: 'list.yaml', text };
  const parsed = parseYAMLList({ source, start: 0, end: text.length });
  if (!parsed) throw new Error('the list was not taken for a large one');
  return parsed;
}

const text = listText(3000);

test('a large list means what it means when it is read as one', () => {
  const { documents, diagnostics } = parseLarge(text);
  const small = parseDocuments({ file: 'list.yaml', text: listText(3) }).documents[0]?.value;
  expect(diagnostics).toEqual([]);
  expect(documents).toHaveLength(1);
  const [{ value } = { value: undefined }] = documents;
  expect(value).toMatchObject({
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
  });
  const items: unknown = Object(value)['items'];
  expect(items).toHaveLength(3000);
  expect({ ...Object(value), items: Array.isArray(items) ? items.slice(0, 3) : [] }).toEqual(small);
});

test('places are those in the file', () => {
  const [document] = parseLarge(text).documents;
  const shown = (path: (string | number)[]): string => {
    const range = document?.rangeOf(path);
    return text.slice(range?.start, range?.end);
  };
  expect(shown(['items', 2999, 'index'])).toBe('2999');
  expect(shown(['items', 7, 'kind'])).toBe('Service');
  expect(shown(['kind'])).toBe('List');
  expect(shown(['metadata', 'resourceVersion'])).toBe('""');
});

test('an item that cannot be read is left out, and the others stay', () => {
  const { documents, diagnostics } = parseLarge(listText(3000, 1234));
  expect(Object(documents[0]?.value)['items']).toHaveLength(2999);
  expect(diagnostics.map(({ code }) => code)).toContain('YAML_SYNTAX');
  expect(diagnostics[0]?.message).toMatch(/; the item is left out\.$/);
});

test('a small list is left to the ordinary way', () => {
  const small = listText(10);
  const source = { file: 'list.yaml', text: small };
  expect(parseYAMLList({ source, start: 0, end: small.length })).toBeUndefined();
});

test('a document that is no such list and too long for YAML is refused, and another one read', () => {
  const long = `a: b\n${'c: '.padEnd(9 * 1024 * 1024, 'x')}\n---\nkind: Other\n`;
  const { documents, diagnostics } = parseDocuments({ file: 'long.yaml', text: long });
  expect(documents.map(({ value }) => value)).toEqual([{ kind: 'Other' }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['INPUT_TOO_LARGE']);
});

test('a mapping of many keys is read in linear time', () => {
  const keys = Array.from({ length: 50_000 }, (_, index) => `k${index}: v`).join('\n');
  const start = performance.now();
  expect(parseDocuments({ file: 'keys.yaml', text: keys }).documents).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(10_000);
});
