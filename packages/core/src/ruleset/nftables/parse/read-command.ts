import type { Place, SavedItem, SavedRemoval, SavedTable } from './saved.ts';
import { readElementBlock } from './read-elements.ts';
import { headWords, isSign, layoutOf, families, readPlace } from './read-head.ts';
import { readOther } from './read-property.ts';
import { readRuleBody } from './read-rule.ts';
import {
  collect,
  type Context,
  type ReadBlock,
  type Reading,
  type Scope,
  type Unplaced,
} from './reading.ts';
import type { WordCursor } from './word-cursor.ts';

type ReadBlockOf = (reading: Reading, scope: Scope) => ReadBlock;

const verbs = new Set('add create insert replace delete destroy flush reset rename'.split(' '));
const others = new Set(
  'define redefine undefine include list monitor describe import export'.split(' '),
);

/** Reads `table FAMILY NAME { … }` or a command of a script; `undefined`, with nothing read, if it is none. */
export function readCommand(
  reading: Reading,
  readBlock: ReadBlockOf,
): Unplaced<SavedItem> | undefined {
  const words = headWords(reading.reader);
  const first = words.peek();
  if (others.has(first)) return readOther(reading, false);
  if (first === 'table') return readTable(reading, words, { readBlock });
  if (!verbs.has(first)) return undefined;
  const verb = words.next();
  const known = readVerb(reading, words, { verb, readBlock });
  return known ?? (words.isAtEnd ? undefined : readOther(reading, false));
}

interface Command {
  readonly verb: string;
  readonly readBlock: ReadBlockOf;
}

function readVerb(
  reading: Reading,
  words: WordCursor,
  command: Command,
): Unplaced<SavedItem> | undefined {
  const object = words.peek();
  const { verb } = command;
  if (object === 'element') return readElements(reading, words, verb);
  if (verb === 'flush' || verb === 'delete' || verb === 'destroy')
    return readRemoval(reading, words, verb);
  if (object === 'rule') return readRule(reading, words, verb);
  if (verb !== 'add' && verb !== 'create') return undefined;
  if (object === 'table') return readTable(reading, words, command);
  const kind = containers.find((one) => one === object);
  return kind && readContainer(reading, words, { ...command, kind });
}

const containers = ['chain', 'set', 'map'] as const;

function readTable(
  reading: Reading,
  words: WordCursor,
  { verb, readBlock }: { readonly verb?: string; readonly readBlock: ReadBlockOf },
): Unplaced<SavedTable> | undefined {
  words.next();
  const place = readPlace(words);
  if (!place || (verb === undefined && reading.reader.sign(reading.reader.at + words.at) !== '{'))
    return undefined;
  const { family, table: name } = place;
  const head = {
    kind: 'table',
    ...(verb !== undefined && { verb }),
    ...(family !== undefined && { family }),
    name,
  } as const;
  const rest = readRest(reading, words.at, { context: 'table', readBlock });
  return rest && { ...head, ...rest };
}

interface Container extends Command {
  readonly kind: 'chain' | 'set' | 'map';
}

function readContainer(
  reading: Reading,
  words: WordCursor,
  { kind, verb, readBlock }: Container,
): Unplaced<SavedItem> | undefined {
  words.next();
  const place = readPlace(words);
  const name = words.next();
  if (!place || name === '') return undefined;
  const context = kind === 'chain' ? 'chain' : 'set';
  const rest = readRest(reading, words.at, { context, readBlock });
  return rest && { kind, command: { verb, place }, name, ...rest };
}

interface Rest extends Partial<ReadBlock> {
  readonly layout?: readonly string[];
}

/** Passes over a head of `count` words and reads the braces behind it, or nothing more. */
function readRest(
  reading: Reading,
  count: number,
  { context, readBlock }: { readonly context: Context; readonly readBlock: ReadBlockOf },
): Rest | undefined {
  const { reader } = reading;
  const sign = reader.sign(reader.at + count);
  if (!isSign(sign) || sign === ',') return undefined;
  const layout = layoutOf(reader, count);
  reader.at += count;
  return sign === '{' ? { ...layout, ...readBlock(reading, { context, depth: 1 }) } : layout;
}

function readElements(
  reading: Reading,
  words: WordCursor,
  verb: string,
): Unplaced<SavedItem> | undefined {
  const { reader, problems } = reading;
  words.next();
  const place = readPlace(words);
  const name = words.next();
  const brace = reader.at + words.at;
  if (!place || name === '' || reader.sign(brace) !== '{') return undefined;
  const layout = layoutOf(reader, words.at);
  reader.at = brace;
  const elements = readElementBlock(reader);
  if (!elements.block.closed) {
    const message = 'The text ends before this brace is closed.';
    problems.truncated({ text: '{', start: reader.start(brace) }, message);
  }
  return { kind: 'elements', command: { verb, place, name }, ...layout, ...elements };
}

function readRule(
  reading: Reading,
  words: WordCursor,
  verb: string,
): Unplaced<SavedItem> | undefined {
  const { reader } = reading;
  words.next();
  const place = readPlace(words);
  const chain = words.next();
  if (!place || chain === '') return undefined;
  const position = readPosition(words);
  const layout = layoutOf(reader, words.at);
  reader.at += words.at;
  const command = { verb, place, chain, ...(position && { position }) };
  const positions = collect(reading);
  const body = readRuleBody(reader, positions);
  const gap =
    positions.length > 0 ? reader.gapBetween((positions[0] ?? 0) - 1, positions[0] ?? 0) : ' ';
  const headGap = gap === ' ' ? {} : { headGap: gap };
  return { kind: 'rule', command, ...layout, ...headGap, ...body };
}

function readPosition(
  words: WordCursor,
): { readonly kind: string; readonly number: string } | undefined {
  const isPosition =
    ['handle', 'index', 'position'].includes(words.peek()) && /^\d+$/.test(words.peek(1));
  return isPosition ? { kind: words.next(), number: words.next() } : undefined;
}

const removable = ['ruleset', 'table', 'chain', 'set', 'map'] as const;

function readRemoval(
  reading: Reading,
  words: WordCursor,
  verb: SavedRemoval['verb'],
): Unplaced<SavedRemoval> | undefined {
  const { reader } = reading;
  const word = words.next();
  const object = removable.find((one) => one === word);
  if (object === undefined) return undefined;
  const named = readRemoved(words, object);
  const sign = reader.sign(reader.at + words.at);
  if (!named || !isSign(sign) || sign === ',' || sign === '{') return undefined;
  const layout = layoutOf(reader, words.at);
  reader.at += words.at;
  return { kind: 'removal', verb, object, ...named, ...layout };
}

function readRemoved(
  words: WordCursor,
  object: SavedRemoval['object'],
): Partial<Place & { readonly name: string }> | undefined {
  if (object === 'ruleset') return families.has(words.peek()) ? { family: words.next() } : {};
  const place = readPlace(words);
  if (!place || place.table === 'handle') return undefined;
  if (object === 'table') return place;
  const name = words.next();
  return name === '' || name === 'handle' ? undefined : { ...place, name };
}
