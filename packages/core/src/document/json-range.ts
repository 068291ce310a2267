import type { Path } from '../util/print-path.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the value at `path` stands within the JSON value that begins at `start`; the nearest
 * enclosing value that is there, if `path` is not. `text` must be valid JSON from `start` on.
 */
export function findJSONRange(text: string, start: number, path: Path): Span {
  let at = skipSpace(text, start);
  for (const step of path) {
    const next =
      text[at] === '{' ? findMember(text, at, String(step)) : findElement(text, at, step);
    if (next === undefined) break;
    at = next;
  }
  return { start: at, end: skipValue(text, at) };
}

const steps: Readonly<Record<string, number>> = { '{': 1, '[': 1, '}': -1, ']': -1 };

/** The offset after the JSON value at `start`: counts brackets and strings, without recursion and without judging. */
export function skipValue(text: string, start: number): number {
  if (text[start] === '"') return skipString(text, start);
  if (steps[text[start] ?? ''] !== 1) return skipWord(text, start);
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const unit = text[at] ?? '';
    at = unit === '"' ? skipString(text, at) : at + 1;
    depth += steps[unit] ?? 0;
    if (depth === 0) return at;
  }
  return text.length;
}

/** A number, `true`, `false` or `null`; at least one character, so that whoever goes on gets on. */
function skipWord(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !isSpace(text[at]) && !'{}[],:"'.includes(text[at] ?? '')) at++;
  return Math.min(at, text.length);
}

export function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text[at])) at++;
  return at;
}

function isSpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}

function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function findMember(text: string, start: number, key: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (JSON.parse(text.slice(at, keyEnd)) === key) found = value;
    at = skipSpace(text, skipValue(text, value));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

function findElement(text: string, start: number, index: string | number): number | undefined {
  if (text[start] !== '[' || typeof index !== 'number') return undefined;
  let at = skipSpace(text, start + 1);
  for (let passed = 0; at < text.length && text[at] !== ']'; passed++) {
    if (passed === index) return at;
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return undefined;
}
