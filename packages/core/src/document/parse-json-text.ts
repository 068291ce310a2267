import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';
import { findJSONError, type JSONError } from './find-json-error.ts';
import { jsonRangeFinder, skipSpace, skipValue } from './json-range.ts';
import type { Chunk, ParsedDocuments } from './source-text.ts';
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
    if ('error' in parsed) {
      const error = findJSONError(text, at) ?? { offset: at, problem: parsed.error };
      return { documents, diagnostics: [syntaxDiagnostic(source.file, error)] };
    }
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

function syntaxDiagnostic(file: string, { offset, problem }: JSONError): Diagnostic {
  const message = `This is no valid JSON (${problem}); the document is left out.`;
  const range = { source: file, start: offset, end: offset + 1 };
  return createDiagnostic('JSON_SYNTAX', { message, range });
}

function jsonDocument(
  file: string,
  text: string,
  document: { start: number; value: unknown },
): RawDocument {
  const find = jsonRangeFinder(text, document.start);
  const rangeOf = (path: Path): SourceRange => ({ source: file, ...find(path) });
  return { value: document.value, text, rangeOf };
}
