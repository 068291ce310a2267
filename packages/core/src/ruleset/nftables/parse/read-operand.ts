import type {
  SavedData,
  SavedMapEntry,
  SavedMapOperand,
  SavedOperand,
  SavedVerdict,
} from './saved-statement.ts';
import type { WordCursor } from './word-cursor.ts';

const signs = new Set('{ } , ; . : = / - | & ^ ! == != < > <= >= << >> ( ) @'.split(' '));

/** Whether a word can be a value, a name or a string. */
export function isValue(word: string): boolean {
  return word !== '' && !signs.has(word) && !word.startsWith('#');
}

/** Reads `@NAME`, `{ VALUE, … }` or `VALUE,VALUE`. */
export function readOperand(words: WordCursor): SavedOperand | undefined {
  if (words.peek() === '{') {
    const values = readBraces(words, readRange);
    return values && { kind: 'anonymousSet', values };
  }
  const text = readValues(words);
  if (text === undefined) return undefined;
  const name = setName(text);
  return name === undefined ? { kind: 'value', text } : { kind: 'set', name };
}

/** The name in `@NAME`. */
export function setName(word: string): string | undefined {
  return /^@[^,@]+$/.test(word) ? word.slice(1) : undefined;
}

/** Reads `@NAME` or `{ KEY : DATA, … }`. */
export function readMap(words: WordCursor): SavedMapOperand | undefined {
  if (words.peek() === '{') {
    const entries = readBraces(words, readEntry);
    return entries && { kind: 'anonymousMap', entries };
  }
  const name = setName(words.next());
  return name === undefined ? undefined : { kind: 'map', name };
}

/** Reads `VALUE . VALUE`. */
export function readParts(words: WordCursor): string[] | undefined {
  const parts: string[] = [];
  do {
    const part = words.next();
    if (!isValue(part)) return undefined;
    parts.push(part);
  } while (words.skip('.'));
  return parts;
}

/** Reads a verdict, or the values of a concatenation. */
export function readData(words: WordCursor): SavedData | undefined {
  const verdict = readVerdict(words);
  if (verdict) return { kind: 'verdict', verdict };
  const parts = readParts(words);
  return parts && { kind: 'values', parts };
}

/** Reads a verdict if one comes; else nothing is read. */
export function readVerdict(words: WordCursor): SavedVerdict | undefined {
  const word = words.peek();
  switch (word) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      words.next();
      return { kind: word };
    case 'jump':
    case 'goto': {
      const chain = words.peek(1);
      if (!isValue(chain)) return undefined;
      words.next();
      words.next();
      return { kind: word, chain };
    }
    default:
      return undefined;
  }
}

function readBraces<Item>(
  words: WordCursor,
  readItem: (words: WordCursor) => Item | undefined,
): Item[] | undefined {
  const items: Item[] = [];
  words.skip('{');
  do {
    const item = readItem(words);
    if (item === undefined) return undefined;
    items.push(item);
  } while (words.skip(','));
  return words.skip('}') ? items : undefined;
}

function readEntry(words: WordCursor): SavedMapEntry | undefined {
  const key = readParts(words);
  if (!key || !words.skip(':')) return undefined;
  const data = readData(words);
  return data && { key, data };
}

function readRange(words: WordCursor): string | undefined {
  return readParts(words)?.join(' . ');
}

/** `established,related`: nft writes flags without blanks, and `layout` has them where there are some. */
function readValues(words: WordCursor): string | undefined {
  let text = words.next();
  if (!isValue(text)) return undefined;
  while (words.skip(',')) {
    const value = words.next();
    if (!isValue(value)) return undefined;
    text += `,${value}`;
  }
  return text;
}
