const tab = 9;
const space = 32;
const quote = 34;
const carriageReturn = 13;

/** Where the words of one line lie in a text, from 0 to `count`; the arrays are used again for each line. */
export interface WordBounds {
  readonly starts: number[];
  readonly ends: number[];
  count: number;
  /** The end of the blanks after the last word. */
  end: number;
}

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export function createWordBounds(): WordBounds {
  return { starts: [], ends: [], count: 0, end: 0 };
}

/**
 * Finds the words of a line as iptables-restore does: words end at blanks, a double quote opens a part that
 * ends the word at the next one, and within it a backslash takes the next character as it is.
 *
 * @returns where a quote is left open, or -1 if none is.
 */
export function splitWords(text: string, line: LineRange, bounds: WordBounds): number {
  const end = trimEnd(text, line);
  let count = 0;
  let at = skipBlanks(text, line.start, end);
  while (at < end) {
    const stop = endOfWord(text, at, end);
    if (stop < 0) return at;
    bounds.starts[count] = at;
    bounds.ends[count] = stop;
    count++;
    at = skipBlanks(text, stop, end);
  }
  bounds.count = count;
  bounds.end = line.end;
  return -1;
}

/** The word between two offsets, without its quotes and escapes. */
export function readWord(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  const open = written.indexOf('"');
  if (open < 0) return written;
  const quoted = written.slice(open + 1, -1);
  const inner = quoted.includes('\\') ? quoted.replaceAll(/\\([^])/g, '$1') : quoted;
  return written.slice(0, open) + inner;
}

/** Blanks and carriage returns at a line's end belong to no word, nor does a carriage return alone. */
function trimEnd(text: string, { start, end }: LineRange): number {
  let at = end;
  while (at > start && isBlankOrReturn(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBlankOrReturn(code: number): boolean {
  return code === space || code === tab || code === carriageReturn;
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === space || code === tab;
}

function endOfWord(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === space || code === tab) return at;
    if (code === quote) return endOfQuoted(text, at + 1, end);
  }
  return end;
}

function endOfQuoted(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 92) at++;
  }
  return -1;
}
