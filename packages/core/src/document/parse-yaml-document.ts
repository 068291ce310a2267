import { Composer, isNode, isScalar, Parser, visit, type CST, type Document } from 'yaml';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import { escapeControls } from '../util/escape-controls.ts';
import { isDeeperThan } from '../util/is-deeper-than.ts';
import type { Path } from '../util/print-path.ts';
import type { Chunk, ParsedDocuments } from './source-text.ts';
import type { RawDocument } from './raw-document.ts';

type YAMLDocument = Document.Parsed;

/** What is read: a document, or an item of a large list. */
type Unit = 'document' | 'item';

interface SyntaxProblem {
  readonly pos: readonly [number, number];
  readonly message: string;
}

/** Kubernetes objects hardly use aliases; more resolved nodes than this is an attack ("billion laughs"). */
const maxAliasCount = 100;

/** Composing recurses, and where the stack ends within a regular expression, V8 ends the whole process. */
const deepestNesting = 200;

const mostErrors = 3;

/** A document takes a hundred times its size in memory, and a second for each million characters. */
const longestDocument = 8 * 1024 * 1024;

const tooLong =
  'Read as YAML, a document may have 8 Mi characters; JSON, and a List as kubectl prints it, may have more';

const nestedTooDeeply = `The document is nested more than ${deepestNesting} levels deep`;

/**
 * Reads YAML with version 1.2's core schema: one document, or several with `...` between them. A
 * document that cannot be read is a diagnostic.
 */
export function parseYAMLDocument(chunk: Chunk, what: Unit = 'document'): ParsedDocuments {
  if (chunk.end - chunk.start > longestDocument) {
    return refuse(chunk, what, ['INPUT_TOO_LARGE', tooLong]);
  }
  const text = chunk.source.text.slice(chunk.start, chunk.end);
  const tokens = tokenize(text);
  if (!tokens || isNestedTooDeeply(tokens))
    return refuse(chunk, what, ['YAML_SYNTAX', nestedTooDeeply]);
  const parsed = compose(tokens, text).map((document, index) => {
    const rangeOf = rangeFinder(chunk, () => compose(new Parser().parse(text), text)[index]);
    return readDocument(document, { chunk, what, rangeOf });
  });
  return {
    documents: parsed.flatMap(({ documents }) => documents),
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** `undefined` where the nesting exhausts the stack: the parser closes all levels by recursion. */
function tokenize(text: string): CST.Token[] | undefined {
  try {
    return Array.from(new Parser().parse(text));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function compose(tokens: Iterable<CST.Token>, text: string): YAMLDocument[] {
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const onlyDirectives = /^\ufeff?%/.test(text);
  return Array.from(composer.compose(tokens, !onlyDirectives, text.length));
}

interface Reading {
  readonly chunk: Chunk;
  readonly what: Unit;
  readonly rangeOf: RawDocument['rangeOf'];
}

function readDocument(document: YAMLDocument, { chunk, what, rangeOf }: Reading): ParsedDocuments {
  const errors = [...document.errors, ...findDuplicateKeys(document)].slice(0, mostErrors);
  if (errors.length > 0) {
    const diagnostics = errors.map((error) => syntaxDiagnostic(chunk, what, error));
    return { documents: [], diagnostics };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    if (value === null || value === undefined) return { documents: [], diagnostics: [] };
    // An alias may stand within what it names: such a value has no end.
    if (isDeeperThan(value, deepestNesting)) {
      return refuse(chunk, what, ['YAML_SYNTAX', nestedTooDeeply]);
    }
    return { documents: [{ value, text: chunk.source.text, rangeOf }], diagnostics: [] };
  } catch (error) {
    return refuse(chunk, what, explainFailure(error));
  }
}

/** The parser's own check compares each key with all others. */
function findDuplicateKeys(document: YAMLDocument): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) problems.push(duplicateKey(key.range));
        seen.add(key.value);
      }
    },
  });
  return problems;
}

function duplicateKey(range: readonly number[] | null | undefined): SyntaxProblem {
  const [start = 0, end = start] = range ?? [];
  return { pos: [start, end], message: 'Map keys must be unique' };
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

function syntaxDiagnostic(chunk: Chunk, what: Unit, error: SyntaxProblem): Diagnostic {
  const [start, end] = error.pos;
  const message = `${invalid(error.message)}; the ${what} is left out.`;
  return createDiagnostic('YAML_SYNTAX', { message, range: rangeIn(chunk, start, end) });
}

function refuse(
  chunk: Chunk,
  what: Unit,
  [code, problem]: readonly [DiagnosticCode, string],
): ParsedDocuments {
  const message = `${problem}; the ${what} is left out.`;
  const diagnostic = createDiagnostic(code, { message, range: rangeIn(chunk, 0, 0) });
  return { documents: [], diagnostics: [diagnostic] };
}

function explainFailure(error: unknown): [DiagnosticCode, string] {
  if (error instanceof ReferenceError && error.message.startsWith('Excessive alias count')) {
    return ['ALIAS_LIMIT', `The document resolves aliases more than ${maxAliasCount} times`];
  }
  return ['YAML_SYNTAX', invalid(error instanceof Error ? error.message : String(error))];
}

/** The parser's reasons quote the text. */
function invalid(reason: string): string {
  return `This is no valid YAML (${escapeControls(reason.replace(/\.$/, '').slice(0, 200))})`;
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
