import { printElementBody } from './print-elements.ts';
import { isDigits } from './read-statement.ts';
import { readData, readParts } from './read-operand.ts';
import type { Block, ElementOption, KnownElement, SavedElement } from './saved.ts';
import type { TokenReader } from './token-reader.ts';
import { WordCursor } from './word-cursor.ts';

export interface ElementBlock {
  readonly block: Block<SavedElement>;
  readonly finalComma?: true;
}

/** Reads `{ ELEMENT, … }`, from its `{` on. */
export function readElementBlock(reader: TokenReader): ElementBlock {
  const gap = reader.gapBetween(reader.at - 1, reader.at);
  reader.at++;
  const { items, last, finalComma } = readElements(reader);
  const closed = !reader.isAtEnd;
  const close = closed ? reader.gapBetween(last, reader.at) : ' ';
  reader.at = closed ? reader.at + 1 : last + 1;
  const block = { items, ...(gap !== ' ' && { gap }), ...(close !== ' ' && { close }), closed };
  return finalComma ? { block, finalComma: true } : { block };
}

interface ElementList {
  readonly items: readonly SavedElement[];
  /** The number of the last token that was read. */
  readonly last: number;
  readonly finalComma: boolean;
}

function readElements(reader: TokenReader): ElementList {
  const items: SavedElement[] = [];
  let last = reader.at - 1;
  let finalComma = false;
  for (;;) {
    const positions = collectElement(reader);
    const isOver = reader.sign() !== ',';
    if (positions.length > 0 || !isOver) {
      items.push(readElement(reader, positions, { former: last, isOver }));
      finalComma = !isOver;
    }
    last = isOver ? (positions.at(-1) ?? last) : reader.at;
    if (isOver) return { items, last, finalComma };
    reader.at++;
  }
}

/** The tokens up to the `,` or `}` that ends an element. */
function collectElement(reader: TokenReader): number[] {
  const positions: number[] = [];
  for (let depth = 0; !reader.isAtEnd; reader.at++) {
    const sign = reader.sign();
    if (depth === 0 && (sign === ',' || sign === '}')) break;
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    if (sign !== '\n') positions.push(reader.at);
  }
  return positions;
}

interface Neighbours {
  /** The number of the `{` or `,` before. */
  readonly former: number;
  /** Whether no comma follows. */
  readonly isOver: boolean;
}

function readElement(
  reader: TokenReader,
  positions: readonly number[],
  { former, isOver }: Neighbours,
): SavedElement {
  const [first = reader.at] = positions;
  const before = reader.gapBetween(former, first);
  const last = positions.at(-1);
  const comma = isOver || last === undefined ? '' : reader.gapBetween(last, reader.at);
  const placed = {
    offset: reader.start(first),
    ...(before !== ' ' && { before }),
    ...(comma !== '' && { comma }),
  };
  const element = readKnown(positions.map((position) => reader.textOf(position)));
  const laid = element && reader.compare(positions, printElementBody(element));
  if (element && laid) return { ...placed, ...element, ...laid };
  return { ...placed, kind: 'other', words: reader.words(positions) };
}

type ElementBody = Pick<KnownElement, 'kind' | 'key' | 'options' | 'data'>;

function readKnown(texts: readonly string[]): ElementBody | undefined {
  const words = new WordCursor(texts);
  const key = readParts(words);
  if (!key) return undefined;
  const options: ElementOption[] = [];
  while (!words.isAtEnd && words.peek() !== ':') {
    const option = readOption(words);
    if (!option) return undefined;
    options.push(option);
  }
  const data = words.skip(':') ? readData(words) : undefined;
  if (!words.isAtEnd || (texts.includes(':') && !data)) return undefined;
  return { kind: 'element', key, ...(options.length > 0 && { options }), ...(data && { data }) };
}

function readOption(words: WordCursor): ElementOption | undefined {
  const kind = words.next();
  switch (kind) {
    case 'timeout':
    case 'expires':
      return { kind, duration: words.next() };
    case 'comment':
      return { kind, text: words.next() };
    case 'counter':
      return readCounter(words);
    default:
      return undefined;
  }
}

function readCounter(words: WordCursor): ElementOption | undefined {
  if (!words.skip('packets')) return { kind: 'counter' };
  const packets = words.next();
  if (!words.skip('bytes')) return undefined;
  const bytes = words.next();
  if (!isDigits(packets) || !isDigits(bytes)) return undefined;
  return { kind: 'counter', count: { packets, bytes } };
}
