import { quoteValue } from '../util/quote-value.ts';
import { skipSpace } from './json-range.ts';

export interface JSONError {
  readonly offset: number;
  /** A clause without its final stop. */
  readonly problem: string;
}

type Expected = 'value' | 'element' | 'member' | 'key' | 'colon' | 'comma';

/** What may stand where, beside strings, numbers and words. */
const punctuation: Readonly<Record<Expected, string>> = {
  value: '{[',
  element: '{[]',
  member: '}',
  key: '',
  colon: ':',
  comma: ',}]',
};

/**
 * Where the JSON value at `start` is broken, for which JavaScript engines have no common words;
 * `undefined` if it is not. Without recursion, so that no nesting is too deep.
 */
export function findJSONError(text: string, start: number): JSONError | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = skipSpace(text, start);
  do {
    const end = tokenEnd(text, at, expected);
    const unit = text[at] ?? '';
    const closes = unit === '}' || unit === ']';
    if (end === undefined || (closes && open.pop() !== unit)) return errorAt(text, at, expected);
    const closing = closingOf[unit];
    if (closing !== undefined) open.push(closing);
    expected = next(expected, unit, open);
    at = skipSpace(text, end);
  } while (open.length > 0);
  return undefined;
}

const closingOf: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function tokenEnd(text: string, at: number, expected: Expected): number | undefined {
  const unit = text[at];
  if (unit === undefined) return undefined;
  return punctuation[expected].includes(unit) ? at + 1 : scalarEnd(text, at, expected);
}

function next(expected: Expected, unit: string, open: readonly string[]): Expected {
  if (unit === '{') return 'member';
  if (unit === '[') return 'element';
  if (unit === ':') return 'value';
  if (unit === ',') return open.at(-1) === '}' ? 'key' : 'value';
  return expected === 'key' || (expected === 'member' && unit === '"') ? 'colon' : 'comma';
}

function scalarEnd(text: string, at: number, expected: Expected): number | undefined {
  if (expected === 'colon' || expected === 'comma') return undefined;
  if (text[at] === '"') {
    const end = stringEnd(text, at);
    return text[end] === '"' ? end + 1 : undefined;
  }
  if (expected === 'member' || expected === 'key') return undefined;
  const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : undefined;
}

/** The offset of the closing quote, or of what may not stand in a string. */
function stringEnd(text: string, start: number): number {
  const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text.charCodeAt(at) >= 0x20) {
    escape.lastIndex = at;
    if (text[at] !== '\\') at++;
    else if (escape.test(text)) at = escape.lastIndex;
    else break;
  }
  return at;
}

function errorAt(text: string, at: number, expected: Expected): JSONError {
  const inString = text[at] === '"' && expected !== 'colon' && expected !== 'comma';
  const offset = inString ? stringEnd(text, at) : at;
  const word = /[\w.+-]+|\\?./suy;
  word.lastIndex = offset;
  const found = word.exec(text)?.[0];
  const problem =
    found === undefined ? 'the text ends too early' : `unexpected ${quoteValue(found)}`;
  return { offset, problem };
}
