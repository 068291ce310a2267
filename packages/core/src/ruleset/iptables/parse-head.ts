import type { RuleReader } from './parse-specification.ts';
import type { Counters, Gaps } from './saved.ts';
import type { LineRange, WordBounds } from './split-words.ts';

/** A word of the line being read, with its quotes; an empty text if the line has no such word. */
export function writtenWord({ text, words }: RuleReader, index: number): string {
  return index < words.count ? text.slice(words.starts[index], words.ends[index]) : '';
}

/** `[packets:bytes]`; undefined if the word is no counters. */
export function parseCounters(word: string): Counters | undefined {
  if (word === '[0:0]') return none;
  if (!word.startsWith('[') || !word.endsWith(']')) return undefined;
  const [packets = '', bytes = '', ...more] = word.slice(1, -1).split(':');
  return more.length === 0 && isDigits(packets) && isDigits(bytes) ? { packets, bytes } : undefined;
}

const none: Counters = { packets: '0', bytes: '0' };

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The blanks of a line whose first `length` words are its head; undefined if they are the usual ones. */
export function findGaps(reader: RuleReader, line: LineRange, length: number): Gaps | undefined {
  if (isUsual(reader, line, length)) return undefined;
  const { text, words } = reader;
  const gaps = Array.from({ length }, (_, index) =>
    text.slice(index === 0 ? line.start : words.ends[index - 1], words.starts[index]),
  );
  return [...gaps, text.slice(lastEnd(words), line.end)];
}

function isUsual({ text, words }: RuleReader, line: LineRange, length: number): boolean {
  if (words.starts[0] !== line.start || lastEnd(words) !== line.end) return false;
  for (let index = 1; index < length; index++) {
    const end = words.ends[index - 1] ?? 0;
    if (words.starts[index] !== end + 1 || text.charCodeAt(end) !== 32) return false;
  }
  return true;
}

function lastEnd(words: WordBounds): number {
  return words.ends[words.count - 1] ?? 0;
}
