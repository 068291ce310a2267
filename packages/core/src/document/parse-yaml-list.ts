import type { Path } from '../util/print-path.ts';
import { valueAt } from '../util/value-at.ts';
import { parseYAMLDocument } from './parse-yaml-document.ts';
import type { RawDocument } from './raw-document.ts';
import type { Chunk, ParsedDocuments } from './source-text.ts';
import { splitYAMLList } from './split-yaml-list.ts';

/** Below this length a list is read as one document, like any other. */
const longestWhole = 256 * 1024;

/**
 * Reads a large `List` item by item, so that it takes the memory of its largest item only. An item
 * that cannot be read is a diagnostic, and the others go on. `undefined` if the document is no
 * such list, or a small one.
 */
export function parseYAMLList(chunk: Chunk): ParsedDocuments | undefined {
  if (chunk.end - chunk.start <= longestWhole) return undefined;
  const parts = splitYAMLList(chunk);
  if (!parts) return undefined;
  const head = parseYAMLDocument(parts.head);
  const tail = parseYAMLDocument(parts.tail);
  const parsed = parts.items.map((item) => parseYAMLDocument(item, 'item'));
  const items = parsed.flatMap(({ documents }) => documents);
  const frame = [...head.documents, ...tail.documents];
  return {
    documents: [listDocument(frame, items)],
    diagnostics: [head, tail, ...parsed].flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Each item was read as a sequence of one. */
function listDocument(frame: readonly RawDocument[], items: readonly RawDocument[]): RawDocument {
  const values = items.map(({ value }) => (Array.isArray(value) ? value[0] : value));
  const fields = frame.map(({ value }) => value).filter((value) => typeof value === 'object');
  const inFrame = (path: Path): RawDocument | undefined =>
    frame.find(({ value }) => valueAt(value, path.slice(0, 1)) !== undefined) ?? frame[0];
  return {
    value: Object.assign({}, ...fields, { items: values }),
    text: [...frame, ...items][0]?.text ?? '',
    rangeOf: (path) => {
      const [key, index, ...rest] = path;
      const item = key === 'items' && typeof index === 'number' ? items[index] : undefined;
      return item?.rangeOf([0, ...rest]) ?? inFrame(path)?.rangeOf(path);
    },
  };
}
