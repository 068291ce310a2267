import type { Path } from '../util/print-path.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Tells where the value at a path stands within the JSON value that begins at `start`; the nearest
 * enclosing value that is there, if the path leads to none. `text` must be valid JSON from `start`
 * on. Each list and mapping on the way is read once, so that many questions stay cheap.
 */
export function jsonRangeFinder(text: string, start: number): (path: Path) => Span {
  const known = new Map<number, Children>();
  return (path) => {
    let at = skipSpace(text, start);
    for (const step of path) {
      const children = known.get(at) ?? readChildren(text, at);
      known.set(at, children);
      const next = children.get(step);
      if (next === undefined) break;
      at = next;
    }
    return { start: at, end: skipValue(text, at) };
  };
}

/** The offsets of a list's or mapping's values. */
type Children = ReadonlyMap<string | number, number>;

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

function readChildren(text: string, start: number): Children {
  const children = new Map<string | number, number>();
  if (steps[text[start] ?? ''] !== 1) return children;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && steps[text[at] ?? ''] !== -1; index++) {
    const keyEnd = text[start] === '{' ? skipString(text, at) : undefined;
    const key = keyEnd === undefined ? index : String(JSON.parse(text.slice(at, keyEnd)));
    if (keyEnd !== undefined) at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    children.set(key, at);
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return children;
}
