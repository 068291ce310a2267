/** The first character tells what a token is: `\n`, `#`, `{`, `}`, `,`, `;`, `"`; anything else begins a word. */
export interface Tokens {
  readonly text: string;
  /** Offsets, in UTF-16 code units. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const tab = 9;
const feed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const hash = 35;
const backslash = 92;

/** Characters that end a word: blanks and `"`, `#`, `,`, `;`, `{`, `}`. */
const endsWord = new Uint8Array(128);
for (const code of [tab, feed, carriageReturn, space, quote, hash, 44, 59, 123, 125])
  endsWord[code] = 1;

/**
 * Cuts a text of nft into words, quoted strings, comments, signs and line ends. What is left out
 * between them is blank: spaces, tabs, carriage returns, and `\` with the line end behind it.
 */
export function lex(text: string): Tokens {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length;) {
    const end = blankEnd(text, at);
    if (end > at) {
      at = end;
      continue;
    }
    starts.push(at);
    at = tokenEnd(text, at);
    ends.push(at);
  }
  return { text, starts, ends };
}

function blankEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === space || code === tab || code === carriageReturn) return at + 1;
  return code === backslash && text.charCodeAt(at + 1) === feed ? at + 2 : at;
}

function tokenEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === quote) return stringEnd(text, start);
  if (code === hash) return lineEnd(text, start);
  if (code < 128 && endsWord[code] === 1) return start + 1;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && endsWord[code] === 1) return at;
    if (code === backslash && text.charCodeAt(at + 1) === feed) return at;
  }
  return text.length;
}

/** A string ends at its line's end if nothing closes it there. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === feed) return at;
  }
  return text.length;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
