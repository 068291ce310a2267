import type { SavedItem } from './saved.ts';
import { usualBlanks } from './usual-blanks.ts';
import { readHandle } from './read-handle.ts';
import { readOther, readProperty } from './read-property.ts';
import { readRuleBody } from './read-rule.ts';
import { readElementBlock } from './read-elements.ts';
import { readCommand } from './read-command.ts';
import { headWords, layoutOf } from './read-head.ts';
import {
  collect,
  refuse,
  type Context,
  type ReadBlock,
  type Reading,
  type Scope,
  type Unplaced,
} from './reading.ts';

export interface ItemList {
  readonly items: readonly SavedItem[];
  /** The number of the last token that was read. */
  readonly last: number;
}

/** Reads items up to the `}` that ends their braces, or to the text's end. */
export function readItems(reading: Reading, scope: Scope, former: number): ItemList {
  const { context, depth } = scope;
  const { reader } = reading;
  const items: SavedItem[] = [];
  let last = former;
  for (;;) {
    const begin = reader.at;
    while (reader.sign() === '\n') reader.at++;
    if (reader.isAtEnd || (context !== 'top' && reader.sign() === '}')) break;
    if (isOfOuterBraces(reading, context)) {
      reader.at = begin;
      break;
    }
    const before = reader.gapBetween(last, reader.at);
    const offset = reader.start();
    const item = readItem(reading, scope);
    const end = readEnd(reading, offset);
    const handle = 'block' in item || item.kind === 'comment' ? {} : readHandle(reader);
    items.push({
      ...item,
      offset,
      ...(before !== usualBlanks(depth, items.length) && { before }),
      ...(end !== undefined && { end }),
      ...handle,
    });
    last = reader.at - 1;
  }
  return { items, last };
}

/** Reads `;` with the blanks before it; an item that starts at its `;` has none of its own. */
function readEnd({ reader }: Reading, offset: number): string | undefined {
  if (reader.sign() !== ';') return undefined;
  const isEmpty = reader.start() === offset;
  const blanks = isEmpty ? '' : reader.gapBetween(reader.at - 1, reader.at);
  reader.at++;
  return `${blanks};`;
}

/** A chain, set or table begins although the braces of the one before are open. */
function isOfOuterBraces({ reader }: Reading, context: Context): boolean {
  if (context === 'top') return false;
  const words = headWords(reader);
  const object = words.next();
  if (object !== 'table' && (context === 'table' || !['chain', 'set', 'map'].includes(object)))
    return false;
  while (!words.isAtEnd) words.next();
  const count = words.at;
  return (
    (count === 2 || (object === 'table' && count === 3)) && reader.sign(reader.at + count) === '{'
  );
}

function readItem(reading: Reading, { context, depth }: Scope): Unplaced<SavedItem> {
  const { reader } = reading;
  const sign = reader.sign();
  if (sign === '#') {
    const text = reader.textOf();
    reader.at++;
    return { kind: 'comment', text };
  }
  if (sign === ';') return { kind: 'other', words: [] };
  switch (context) {
    case 'top':
      return readTopItem(reading);
    case 'table':
      return readTableItem(reading, depth);
    case 'chain':
      return readChainItem(reading);
    case 'set':
      return readSetItem(reading);
  }
}

function readTopItem(reading: Reading): Unplaced<SavedItem> {
  const { reader } = reading;
  if (reader.sign() === '}') {
    refuse(reading, reader.at, 'This brace closes nothing.');
    const words = reader.words([reader.at++]);
    return { kind: 'other', words };
  }
  return readCommand(reading, readBlock) ?? readContainer(reading, 0) ?? readOther(reading, true);
}

function readTableItem(reading: Reading, depth: number): Unplaced<SavedItem> {
  const word = reading.reader.textOf();
  if (word === 'comment' || word === 'flags') return readProperty(reading);
  return readContainer(reading, depth) ?? readOther(reading, !isForeignBlock(reading));
}

/** `flowtable NAME {`, `ct helper NAME {`, … */
function isForeignBlock({ reader }: Reading): boolean {
  const words = headWords(reader);
  while (!words.isAtEnd) words.next();
  return words.at > 1 && reader.sign(reader.at + words.at) === '{';
}

const containers = { chain: 'chain', set: 'set', map: 'set' } as const;

/** `chain NAME {`, `set NAME {`, `map NAME {`. */
function readContainer(reading: Reading, depth: number): Unplaced<SavedItem> | undefined {
  const { reader } = reading;
  const kind = reader.textOf();
  if (kind !== 'chain' && kind !== 'set' && kind !== 'map') return undefined;
  const name = headWords(reader).peek(1);
  if (name === '' || reader.sign(reader.at + 2) !== '{') return undefined;
  const layout = layoutOf(reader, 2);
  reader.at += 2;
  return {
    kind,
    name,
    ...layout,
    ...readBlock(reading, { context: containers[kind], depth: depth + 1 }),
  };
}

const hookTypes = new Set(['filter', 'nat', 'route']);

function readChainItem(reading: Reading): Unplaced<SavedItem> {
  const { reader } = reading;
  const words = headWords(reader);
  const word = words.next();
  const isProperty =
    word === 'type'
      ? hookTypes.has(words.peek())
      : ['policy', 'comment', 'flags', 'devices'].includes(word);
  if (isProperty) return readProperty(reading);
  return { kind: 'rule', ...readRuleBody(reader, collect(reading)) };
}

function readSetItem(reading: Reading): Unplaced<SavedItem> {
  const { reader } = reading;
  const isElements =
    reader.textOf() === 'elements' &&
    reader.textOf(reader.at + 1) === '=' &&
    reader.sign(reader.at + 2) === '{';
  if (!isElements) return readProperty(reading);
  const layout = layoutOf(reader, 2);
  const brace = reader.start(reader.at + 2);
  reader.at += 2;
  const elements = readElementBlock(reader);
  if (!elements.block.closed) reading.problems.truncated({ text: '{', start: brace }, unclosed);
  return { kind: 'elements', ...layout, ...elements };
}

const unclosed = 'The text ends before this brace is closed.';

/** Reads what stands in braces, from `{` on. */
function readBlock(reading: Reading, scope: Scope): ReadBlock {
  const { reader, problems } = reading;
  const brace = reader.at;
  const gap = reader.gapBetween(brace - 1, brace);
  reader.at++;
  const handle = readHandle(reader);
  const { items, last } = readItems(reading, scope, reader.at - 1);
  const closed = reader.sign() === '}';
  const close = reader.gapBetween(last, reader.at);
  if (closed) reader.at++;
  else {
    const line = { text: '{', start: reader.start(brace) };
    if (reader.isAtEnd) problems.truncated(line, unclosed);
    else problems.syntax(line, 'What follows is of outer braces, but this one is not closed.');
    reader.at = last + 1;
  }
  const usual = `\n${'\t'.repeat(scope.depth - 1)}`;
  const block = {
    items,
    ...(gap !== ' ' && { gap }),
    ...(closed && close !== usual && { close }),
    closed,
  };
  return { block, ...handle };
}
