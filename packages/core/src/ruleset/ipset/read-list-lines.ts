import type { DumpProblems } from '../../diagnostics/dump-problems.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { Line } from '../../util/split-lines.ts';
import { parseEntry } from './parse-entry.ts';
import type { FieldLine, ListField, SavedLine } from './saved-ast.ts';
import { splitWords } from './split-words.ts';

const fields: readonly ListField[] = [
  'Name',
  'Type',
  'Revision',
  'Header',
  'Size in memory',
  'References',
  'Number of entries',
  'Members',
];

/** The set that is being read. */
interface Block {
  readonly line: Line;
  readonly name: string;
  readonly values: Map<ListField, readonly string[]>;
  members: number;
}

/** Reads the lines of `ipset list`. */
export function readListLines(lines: readonly Line[], problems: DumpProblems): SavedLine[] {
  const blocks: Block[] = [];
  const read = lines.map((line) => readLine(line, { blocks, problems }));
  reportIncomplete(blocks, problems);
  return read;
}

interface Reading {
  readonly blocks: Block[];
  readonly problems: DumpProblems;
}

function readLine(line: Line, { blocks, problems }: Reading): SavedLine {
  const offset = line.start;
  if (line.text.trim() === '') return { kind: 'blank', offset, text: '' };
  const block = blocks.at(-1);
  const read = readField(line, blocks) ?? (block && readMember(line, block));
  if (read) return read;
  problems.unreadable(line, describeMissing(block));
  return { kind: 'unread', offset, text: line.text };
}

function describeMissing(block: Block | undefined): string {
  const type = block?.values.has('Members') ? block.values.get('Type')?.[0] : undefined;
  return type === undefined ? 'line of `ipset list`' : `entry of a set of type ${type}`;
}

function readField(line: Line, blocks: Block[]): FieldLine | undefined {
  const colon = line.text.indexOf(':');
  const field = fields.find((one) => one === line.text.slice(0, Math.max(colon, 0)));
  if (field === undefined) return undefined;
  const words = splitWords(line.text.slice(colon + 1));
  const [value] = words;
  if (field === 'Name') {
    if (value === undefined) return undefined;
    blocks.push({ line, name: value, values: new Map(), members: 0 });
  }
  const block = blocks.at(-1);
  if (!block || block.values.has(field)) return undefined;
  if (field === 'Type' && value === undefined) return undefined;
  block.values.set(field, words);
  return { kind: 'field', offset: line.start, field, words };
}

function readMember(line: Line, block: Block): SavedLine | undefined {
  if (!block.values.has('Members')) return undefined;
  block.members++;
  const type = block.values.get('Type')?.[0];
  const [text = '', ...options] = splitWords(line.text);
  const entry = type === undefined ? undefined : parseEntry(type, text);
  const areOptions = options.every((word, index) => index > 0 || /^[a-z]/.test(word));
  return entry && areOptions ? { kind: 'member', offset: line.start, entry, options } : undefined;
}

function reportIncomplete(blocks: readonly Block[], problems: DumpProblems): void {
  const isTerse = blocks.every(({ values }) => !values.has('Members'));
  const terse = blocks.find(({ values }) => isTerse && values.has('Number of entries'));
  if (terse) {
    const advice = '`ipset save` prints what can be read';
    problems.unsupported(
      terse.line,
      `\`ipset list -terse\` prints sets without entries; ${advice}.`,
    );
    return;
  }
  for (const block of blocks) {
    const message = findMissing(block);
    if (message !== undefined) problems.truncated(block.line, message);
  }
}

/** Entries with a timeout may be gone before they are listed. */
function findMissing({ name, values, members }: Block): string | undefined {
  const wanted = Number(values.get('Number of entries')?.[0] ?? members);
  const set = `The set ${quoteValue(name)}`;
  if (!values.has('Type') || !values.has('Header')) return `${set} has no type or no header.`;
  if (!values.has('Members')) return `${set} ends before its entries.`;
  if (values.get('Header')?.includes('timeout') || !(wanted > members)) return undefined;
  return `${set} has ${members} of its ${wanted} entries.`;
}
