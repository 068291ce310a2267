import { Composer, isNode, Parser, type CST, type Document, type YAMLParseError } from 'yaml';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import { escapeControls } from '../util/escape-controls.ts';
import { isDeeperThan } from '../util/is-deeper-than.ts';
import type { Path } from '../util/print-path.ts';
import type { Chunk, ParsedDocuments } from './parse-documents.ts';
import type { RawDocument } from './raw-document.ts';

type YAMLDocument = Document.Parsed;

/** Kubernetes objects hardly use aliases; more resolved nodes than this is an attack ("billion laughs"). */
const maxAliasCount = 100;

/** Composing recurses, and where the stack ends within a regular expression, V8 ends the whole process. */
const deepestNesting = 200;

const mostErrors = 3;

const nestedTooDeeply = `The document is nested more than ${deepestNesting} levels deep`;

/**
 * Reads YAML with version 1.2's core schema: one document, or several with `...` between them. A
 * document that cannot be read is a diagnostic.
 */
export function parseYAMLDocument(chunk: Chunk): ParsedDocuments {
  const text = chunk.source.text.slice(chunk.start, chunk.end);
  const tokens = Array.from(new Parser().parse(text));
  if (isNestedTooDeeply(tokens)) {
    return { documents: [], diagnostics: [leftOut(chunk, 'YAML_SYNTAX', nestedTooDeeply)] };
  }
  const parsed = compose(tokens, text).map((document, index) => {
    const rangeOf = rangeFinder(chunk, () => compose(new Parser().parse(text), text)[index]);
    return readDocument(chunk, document, rangeOf);
  });
  return {
    documents: parsed.flatMap(({ documents }) => documents),
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  };
}

function compose(tokens: Iterable<CST.Token>, text: string): YAMLDocument[] {
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent' });
  const onlyDirectives = /^\ufeff?%/.test(text);
  return Array.from(composer.compose(tokens, !onlyDirectives, text.length));
}

function readDocument(
  chunk: Chunk,
  document: YAMLDocument,
  rangeOf: RawDocument['rangeOf'],
): ParsedDocuments {
  const errors = document.errors.slice(0, mostErrors);
  if (errors.length > 0) {
    return { documents: [], diagnostics: errors.map((error) => syntaxDiagnostic(chunk, error)) };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    if (value === null || value === undefined) return { documents: [], diagnostics: [] };
    // An alias may stand within what it names: such a value has no end.
    if (isDeeperThan(value, deepestNesting)) {
      return { documents: [], diagnostics: [leftOut(chunk, 'YAML_SYNTAX', nestedTooDeeply)] };
    }
    return { documents: [{ value, text: chunk.source.text, rangeOf }], diagnostics: [] };
  } catch (error) {
    return { documents: [], diagnostics: [leftOut(chunk, ...explainFailure(error))] };
  }
}

function isNestedTooDeeply(tokens: readonly CST.Token[]): boolean {
  let level = tokens.flatMap((token) =>
    token.type === 'document' && token.value ? [token.value] : [],
  );
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestNesting) return true;
    level = level.flatMap(collectionsWithin);
  }
  return false;
}

function collectionsWithin(token: CST.Token): CST.Token[] {
  if (!('items' in token)) return [];
  return token.items
    .flatMap(({ key, value }) => [key, value])
    .filter((child) => child !== undefined && child !== null && 'items' in child);
}

function syntaxDiagnostic(chunk: Chunk, error: YAMLParseError): Diagnostic {
  const [start, end] = error.pos;
  const range = rangeIn(chunk, start, end);
  return createDiagnostic('YAML_SYNTAX', {
    message: `${invalid(error)}; the document is left out.`,
    range,
  });
}

function leftOut(chunk: Chunk, code: DiagnosticCode, problem: string): Diagnostic {
  const range = rangeIn(chunk, 0, 0);
  return createDiagnostic(code, { message: `${problem}; the document is left out.`, range });
}

function explainFailure(error: unknown): [DiagnosticCode, string] {
  if (error instanceof ReferenceError && error.message.startsWith('Excessive alias count')) {
    return ['ALIAS_LIMIT', `The document resolves aliases more than ${maxAliasCount} times`];
  }
  return ['YAML_SYNTAX', invalid(error)];
}

/** The parser's reasons quote the text. */
function invalid(error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  return `This is no valid YAML (${escapeControls(reason.slice(0, 200))})`;
}

/** The syntax tree is large and seldom wanted: it is made again when the first place is asked for. */
function rangeFinder(
  chunk: Chunk,
  parse: () => YAMLDocument | undefined,
): (path: Path) => SourceRange {
  let document: YAMLDocument | undefined;
  return (path) => findRange(chunk, (document ??= parse()), path);
}

function findRange(chunk: Chunk, document: YAMLDocument | undefined, path: Path): SourceRange {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? document?.contents : document?.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const [start, end] = node.range;
    return rangeIn(chunk, start, end);
  }
  return rangeIn(chunk, 0, 0);
}

function rangeIn(chunk: Chunk, start: number, end: number): SourceRange {
  return { source: chunk.source.file, start: chunk.start + start, end: chunk.start + end };
}
