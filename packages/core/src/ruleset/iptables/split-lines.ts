import type { LineEnd } from './saved.ts';
import type { LineRange } from './split-words.ts';

export interface Lines {
  readonly ranges: Iterable<LineRange>;
  readonly lineEnd: LineEnd;
  /** Whether the last line has a line end; an empty text has no line. */
  readonly ended: boolean;
}

/** The lines of a text. Its line end is `\r\n` only if all lines have that; else a `\r` belongs to its line. */
export function splitLines(text: string): Lines {
  const lineEnd = hasOnlyCRLF(text) ? '\r\n' : '\n';
  return { ranges: rangesOf(text, lineEnd), lineEnd, ended: text.endsWith(lineEnd) };
}

function* rangesOf(text: string, lineEnd: LineEnd): Generator<LineRange> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf(lineEnd, start);
    const end = feed < 0 ? text.length : feed;
    yield { start, end };
    start = end + lineEnd.length;
  }
}

function hasOnlyCRLF(text: string): boolean {
  let feed = text.indexOf('\n');
  if (feed < 0) return false;
  while (feed >= 0) {
    if (text.charCodeAt(feed - 1) !== 13) return false;
    feed = text.indexOf('\n', feed + 1);
  }
  return true;
}
