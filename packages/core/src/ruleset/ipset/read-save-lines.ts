import type { DumpProblems } from '../../diagnostics/dump-problems.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { Line } from '../../util/split-lines.ts';
import { parseEntry } from './parse-entry.ts';
import type { AddLine, CreateLine, SavedLine } from './saved-ast.ts';
import { splitWords } from './split-words.ts';

/** Why a line has no node: it is no `what`, or has a `message` of its own. */
type Refusal = { readonly kind: 'unreadable'; readonly what: string } | Misplaced;

interface Misplaced {
  readonly kind: 'misplaced';
  readonly message: string;
}

/** Reads the lines of `ipset save`. */
export function readSaveLines(lines: readonly Line[], problems: DumpProblems): SavedLine[] {
  const types = new Map<string, string>();
  return lines.map((line): SavedLine => {
    const other = { offset: line.start, text: line.text };
    if (line.text.trim() === '') return { kind: 'blank', ...other, text: '' };
    if (line.text.startsWith('#')) return { kind: 'comment', ...other };
    const read = readLine(line, types);
    if (read.kind === 'create' || read.kind === 'add') return read;
    if (read.kind === 'unreadable') problems.unreadable(line, read.what);
    else problems.syntax(line, read.message);
    return { kind: 'unread', ...other };
  });
}

const noLine: Refusal = { kind: 'unreadable', what: 'line of `ipset save`' };

function readLine(line: Line, types: Map<string, string>): CreateLine | AddLine | Refusal {
  const [verb, ...words] = splitWords(line.text);
  const firstName = words.findIndex((word) => !word.startsWith('-'));
  if (firstName < 0) return noLine;
  const flags = words.slice(0, firstName);
  const [name = '', second, ...options] = words.slice(firstName);
  if (second === undefined) return noLine;
  const common = { offset: line.start, flags, name, options };
  if (verb === 'create') return readCreate({ kind: verb, ...common, type: second }, types);
  return verb === 'add' ? readAdd(common, second, types) : noLine;
}

function readCreate(line: CreateLine, types: Map<string, string>): CreateLine | Refusal {
  if (!line.type.includes(':')) return noLine;
  if (types.has(line.name))
    return misplaced(`The set ${quoteValue(line.name)} is made a second time.`);
  types.set(line.name, line.type);
  return line;
}

function readAdd(
  line: Omit<AddLine, 'kind' | 'entry'>,
  text: string,
  types: ReadonlyMap<string, string>,
): AddLine | Refusal {
  const type = types.get(line.name);
  if (type === undefined)
    return misplaced(`No line before this makes the set ${quoteValue(line.name)}.`);
  const entry = parseEntry(type, text);
  if (!entry) return { kind: 'unreadable', what: `entry of a set of type ${type}` };
  return { kind: 'add', ...line, entry };
}

function misplaced(message: string): Misplaced {
  return { kind: 'misplaced', message };
}
