import { isNode, parseDocument, type Document, type YAMLParseError } from 'yaml';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';
import type { Chunk, ParsedDocuments } from './parse-documents.ts';

/** Kubernetes objects hardly use aliases; more resolved nodes than this is an attack ("billion laughs"). */
const maxAliasCount = 100;

const mostErrors = 3;

/** Reads one YAML document, with YAML 1.2's core schema. Syntax errors are diagnostics, and the document is left out. */
export function parseYAMLDocument(chunk: Chunk): ParsedDocuments {
  const text = chunk.source.text.slice(chunk.start, chunk.end);
  try {
    const document = parse(text);
    if (document.errors.length > 0) {
      return {
        documents: [],
        diagnostics: document.errors
          .slice(0, mostErrors)
          .map((error) => syntaxDiagnostic(chunk, error)),
      };
    }
    if (document.contents === null) return { documents: [], diagnostics: [] };
    const value: unknown = document.toJS({ maxAliasCount });
    return {
      documents: [{ value, text: chunk.source.text, rangeOf: rangeFinder(chunk, text) }],
      diagnostics: [],
    };
  } catch (error) {
    return { documents: [], diagnostics: [failureDiagnostic(chunk, error)] };
  }
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
}

function syntaxDiagnostic(chunk: Chunk, error: YAMLParseError): Diagnostic {
  const [start, end] = error.pos;
  const reason = error.message.replace(/\.$/, '');
  const message = `This is no valid YAML (${reason}); the document is left out.`;
  return createDiagnostic('YAML_SYNTAX', { message, range: rangeIn(chunk, start, end) });
}

function failureDiagnostic(chunk: Chunk, error: unknown): Diagnostic {
  const [code, problem] = explainFailure(error);
  const range = rangeIn(chunk, 0, 0);
  return createDiagnostic(code, { message: `${problem}; the document is left out.`, range });
}

function explainFailure(error: unknown): [DiagnosticCode, string] {
  if (error instanceof ReferenceError && error.message.includes('alias')) {
    return ['ALIAS_LIMIT', `The document resolves aliases more than ${maxAliasCount} times`];
  }
  if (error instanceof RangeError) return ['YAML_SYNTAX', 'The document is nested too deeply'];
  const reason = error instanceof Error ? error.message : String(error);
  return ['YAML_SYNTAX', `This is no valid YAML (${reason})`];
}

/** The syntax tree is large and seldom wanted: it is made again when the first place is asked for. */
function rangeFinder(chunk: Chunk, text: string): (path: Path) => SourceRange {
  let document: Document.Parsed | undefined;
  return (path) => findRange(chunk, (document ??= parse(text)), path);
}

function findRange(chunk: Chunk, document: Document.Parsed, path: Path): SourceRange {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const [start, end] = node.range;
    return rangeIn(chunk, start, end);
  }
  return rangeIn(chunk, 0, 0);
}

function rangeIn(chunk: Chunk, start: number, end: number): SourceRange {
  return { source: chunk.source.file, start: chunk.start + start, end: chunk.start + end };
}
