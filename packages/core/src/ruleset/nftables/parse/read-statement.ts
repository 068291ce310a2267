import { readExpression } from './read-expression.ts';
import { isValue, readMap, readOperand, readVerdict, setName } from './read-operand.ts';
import type { KnownStatement } from './saved-statement.ts';
import type { WordCursor } from './word-cursor.ts';

type Reader = (words: WordCursor) => KnownStatement | undefined;

const readers: Readonly<Record<string, Reader>> = {
  accept: readVerdictStatement,
  drop: readVerdictStatement,
  return: readVerdictStatement,
  continue: readVerdictStatement,
  jump: readVerdictStatement,
  goto: readVerdictStatement,
  reject: readReject,
  masquerade: readMasquerade,
  counter: readCounterStatement,
  limit: readLimit,
  dnat: readNAT,
  snat: readNAT,
  add: readUpdate,
  update: readUpdate,
  delete: readUpdate,
};

/** Reads one statement of a kind that is known; `undefined`, with the cursor anywhere, if it is another. */
export function readStatement(words: WordCursor): KnownStatement | undefined {
  const word = words.peek();
  return Object.hasOwn(readers, word) ? readers[word]?.(words) : readByExpression(words);
}

/** Words that no statement ends before: what is in front of them was not understood. */
const continues = new Set('/ - | & ^ . : , { } = == != < > <= >= << >> map vmap set to'.split(' '));

/** Whether a statement may end here. */
export function isStatementEnd(words: WordCursor): boolean {
  return words.isAtEnd || !continues.has(words.peek());
}

function readVerdictStatement(words: WordCursor): KnownStatement | undefined {
  const verdict = readVerdict(words);
  return verdict && { kind: 'verdict', verdict };
}

const operators = new Set('== != < > <= >='.split(' '));

function readByExpression(words: WordCursor): KnownStatement | undefined {
  const left = readExpression(words);
  if (!left) return undefined;
  if (words.skip('vmap')) {
    const map = readMap(words);
    return map && { kind: 'vmap', key: left, map };
  }
  if (words.skip('set')) return readMangle(words, left);
  const operator = operators.has(words.peek()) ? words.next() : undefined;
  const right = readOperand(words);
  return right && { kind: 'match', left, ...(operator !== undefined && { operator }), right };
}

type Mangle = KnownStatement & { readonly kind: 'mangle' };

function readMangle(words: WordCursor, target: Mangle['target']): Mangle | undefined {
  const start = words.at;
  const expression = readExpression(words);
  if (expression) return { kind: 'mangle', target, value: expression };
  words.reset(start);
  const value = words.next();
  return isValue(value) ? { kind: 'mangle', target, value } : undefined;
}

function readReject(words: WordCursor): KnownStatement {
  words.next();
  if (!words.skip('with')) return { kind: 'reject' };
  const start = words.at;
  words.next();
  words.skip('type');
  words.next();
  return { kind: 'reject', with: words.since(start) };
}

const natFlags = new Set(['random', 'fully-random', 'persistent']);

/** Flags joined by commas; nft writes them without blanks. */
function readFlags(words: WordCursor): string[] {
  const flags: string[] = [];
  if (!natFlags.has(words.peek())) return flags;
  do flags.push(words.next());
  while (words.skip(','));
  return flags;
}

function readMasquerade(words: WordCursor): KnownStatement {
  words.next();
  return { kind: 'masquerade', flags: readFlags(words) };
}

function readCounterStatement(words: WordCursor): KnownStatement | undefined {
  words.next();
  if (words.peek() === 'name') return undefined;
  if (!words.skip('packets')) return { kind: 'counter' };
  const packets = words.next();
  if (!words.skip('bytes')) return undefined;
  const bytes = words.next();
  return isDigits(packets) && isDigits(bytes)
    ? { kind: 'counter', count: { packets, bytes } }
    : undefined;
}

export function isDigits(word: string): boolean {
  return /^\d+$/.test(word);
}

function readLimit(words: WordCursor): KnownStatement | undefined {
  words.next();
  if (!words.skip('rate')) return undefined;
  const start = words.at;
  words.skip('over');
  if (!/^\d+\/[a-z]+$/.test(words.next())) return undefined;
  if (words.skip('burst')) {
    words.next();
    words.next();
  }
  return { kind: 'limit', words: words.since(start) };
}

function readNAT(words: WordCursor): KnownStatement | undefined {
  const type = words.next() === 'snat' ? 'snat' : 'dnat';
  const start = words.at;
  if (words.peek() === 'ip' || words.peek() === 'ip6') words.next();
  if (words.skip('addr') && words.skip('.')) words.next();
  const form = words.since(start);
  if (!words.skip('to')) return undefined;
  const destinationStart = words.at;
  const key = readExpression(words);
  if (key) {
    if (!words.skip('map')) return undefined;
    const map = readMap(words);
    return map && { kind: 'mapNAT', type, form, key, map };
  }
  words.reset(destinationStart);
  const destination = words.next();
  return isValue(destination)
    ? { kind: 'nat', type, form, destination, flags: readFlags(words) }
    : undefined;
}

function readUpdate(words: WordCursor): KnownStatement | undefined {
  const word = words.next();
  const operation = word === 'add' || word === 'delete' ? word : 'update';
  const set = setName(words.next());
  if (set === undefined || !words.skip('{')) return undefined;
  const key = readExpression(words);
  if (!key) return undefined;
  const timeout = words.skip('timeout') ? words.next() : undefined;
  if (!words.skip('}')) return undefined;
  return { kind: 'update', operation, set, key, ...(timeout !== undefined && { timeout }) };
}
