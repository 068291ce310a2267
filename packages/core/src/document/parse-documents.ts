import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseJSONText } from './parse-json-text.ts';
import { parseYAMLDocument } from './parse-yaml-document.ts';
import { parseYAMLList } from './parse-yaml-list.ts';
import type { Chunk, ParsedDocuments, SourceText } from './source-text.ts';

/** The longest text that is read: 128 Mi UTF-16 code units, some 40,000 Services with 10 endpoints each as JSON. */
export const defaultMaxLength: number = 128 * 1024 * 1024;

/** A text up to this length that is no JSON is also tried as a YAML flow mapping, which begins as JSON does. */
const longestFlowMapping = 64 * 1024;

/**
 * Reads a stream of YAML or JSON documents. A document that cannot be read is a diagnostic, and
 * the others go on. JSON (a text that begins with `{` or `[`) is read by `JSON.parse`.
 */
export function parseDocuments(
  source: SourceText,
  maxLength: number = defaultMaxLength,
): ParsedDocuments {
  const refusal = refuse(source, maxLength);
  if (refusal) return { documents: [], diagnostics: [refusal] };
  const parsed = splitDocuments(source).map(parseChunk);
  const documents = parsed.flatMap((part) => part.documents);
  const diagnostics = parsed.flatMap((part) => part.diagnostics);
  if (documents.length + diagnostics.length > 0) return { documents, diagnostics };
  const message = 'The input is empty: it holds no object.';
  return {
    documents,
    diagnostics: [createDiagnostic('INPUT_EMPTY', { message, range: rangeOfSource(source) })],
  };
}

/** The diagnostic for an input that is too long to be read; whoever reads files can refuse one by its size. */
export function refuseLargeInput(file: string, maxLength: number = defaultMaxLength): Diagnostic {
  const limit = `${(maxLength / 1024 / 1024).toFixed(maxLength < 1024 * 1024 ? 3 : 0)} Mi characters`;
  const message = `The input is longer than ${limit}; it is left out.`;
  return createDiagnostic('INPUT_TOO_LARGE', {
    message,
    range: { source: file, start: 0, end: 0 },
  });
}

function refuse(source: SourceText, maxLength: number): Diagnostic | undefined {
  if (source.text.length > maxLength) return refuseLargeInput(source.file, maxLength);
  const offset = firstOf(source.text, ['\0', '\ufffd']);
  if (offset < 0) return undefined;
  const message = 'The input is not UTF-8 text but binary; it is left out.';
  return createDiagnostic('INPUT_BINARY', {
    message,
    range: { source: source.file, start: offset, end: offset + 1 },
  });
}

function firstOf(text: string, units: readonly string[]): number {
  const offsets = units.map((unit) => text.indexOf(unit)).filter((offset) => offset >= 0);
  return offsets.length === 0 ? -1 : Math.min(...offsets);
}

function rangeOfSource({ file }: SourceText): { source: string; start: number; end: number } {
  return { source: file, start: 0, end: 0 };
}

/** In YAML a `---` at the start of a line ends a document wherever it stands, so documents can be told apart unread. */
function splitDocuments(source: SourceText): Chunk[] {
  const { text } = source;
  const chunks: Chunk[] = [];
  let start = 0;
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (!/[\s]|^$/.test(text.slice(at + 4, at + 5))) continue;
    chunks.push({ source, start, end: at + 1 });
    start = at + 1;
  }
  chunks.push({ source, start, end: text.length });
  return chunks;
}

function parseChunk(chunk: Chunk): ParsedDocuments {
  const text = chunk.source.text;
  const content = /(?:^\ufeff)?(?:---(?=\s))?\s*/y;
  content.lastIndex = chunk.start;
  const begin = chunk.start + (content.exec(text)?.[0].length ?? 0);
  if (begin >= chunk.end) return { documents: [], diagnostics: [] };
  if (text[begin] !== '{' && text[begin] !== '[') return parseYAML(chunk);
  const json = parseJSONText({ ...chunk, start: begin });
  if (json.diagnostics.length === 0 || chunk.end - begin > longestFlowMapping) return json;
  const yaml = parseYAML(chunk);
  return yaml.diagnostics.length === 0 ? yaml : json;
}

function parseYAML(chunk: Chunk): ParsedDocuments {
  return parseYAMLList(chunk) ?? parseYAMLDocument(chunk);
}
