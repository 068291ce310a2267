import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';
import { findJSONRange, skipSpace, skipValue } from './json-range.ts';
import type { Chunk, ParsedDocuments } from './parse-documents.ts';
import type { RawDocument } from './raw-document.ts';

/** Reads a JSON value, or several that follow each other (`kubectl … -o json` twice into one file). */
export function parseJSONText({ source, start, end }: Chunk): ParsedDocuments {
  const text = source.text.slice(0, end);
  const whole = tryParse(text.slice(start));
  if ('value' in whole)
    return { documents: [jsonDocument(source.file, text, { start, ...whole })], diagnostics: [] };
  const documents: RawDocument[] = [];
  for (let at = start; at < end;) {
    const stop = skipValue(text, at);
    const parsed = tryParse(text.slice(at, stop));
    if ('error' in parsed)
      return { documents, diagnostics: [syntaxDiagnostic(source.file, { at, stop, ...parsed })] };
    documents.push(jsonDocument(source.file, text, { start: at, ...parsed }));
    at = skipSpace(text, stop);
  }
  return { documents, diagnostics: [] };
}

function tryParse(text: string): { value: unknown } | { error: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function syntaxDiagnostic(
  file: string,
  failure: { at: number; stop: number; error: string },
): Diagnostic {
  const { at, stop, error } = failure;
  const position = /at position (\d+)/.exec(error)?.[1];
  const start = Math.min(stop, position === undefined ? stop : at + Number(position));
  const reason = error.replace(/ (?:in JSON )?at position \d+.*$/s, '').replace(/ in JSON$/, '');
  const message = `This is no valid JSON (${reason}); the document is left out.`;
  return createDiagnostic('JSON_SYNTAX', {
    message,
    range: { source: file, start, end: start + 1 },
  });
}

function jsonDocument(
  file: string,
  text: string,
  document: { start: number; value: unknown },
): RawDocument {
  let item = { index: 0, at: -1 };
  const itemAt = (index: number): number => {
    // Diagnostics come in the order of the items: going on from the last one keeps many of them linear.
    if (item.at < 0 || index < item.index)
      item = { index: 0, at: findJSONRange(text, document.start, ['items', 0]).start };
    for (; item.index < index; item.index++) {
      const comma = skipSpace(text, skipValue(text, item.at));
      item.at = skipSpace(text, comma + 1);
    }
    return item.at;
  };
  const rangeOf = (path: Path): SourceRange => {
    const [first, index] = path;
    const inItem = first === 'items' && typeof index === 'number';
    const span = inItem
      ? findJSONRange(text, itemAt(index), path.slice(2))
      : findJSONRange(text, document.start, path);
    return { source: file, ...span };
  };
  return { value: document.value, text, rangeOf };
}
