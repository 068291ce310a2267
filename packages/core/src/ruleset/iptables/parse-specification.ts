import { roleOf, type OptionRole } from './option-name.ts';
import { isProtocolModule, parseMatch } from './parse-match.ts';
import { parseTarget } from './parse-target.ts';
import { printSavedMatch } from './print-saved-match.ts';
import { printSavedTarget } from './print-saved-target.ts';
import type { OptionWord, Quoting, SavedMatch, SavedTarget } from './saved-rule.ts';
import { readWord, type WordBounds } from './split-words.ts';

/** A text, the words of one of its lines, and the nodes read so far by the text that they came from: equal ones are one object. */
export interface RuleReader {
  readonly text: string;
  readonly words: WordBounds;
  readonly matches: Map<string, SavedMatch>;
  readonly targets: Map<string, SavedTarget>;
}

/** What follows the chain in `-A CHAIN …`. */
export interface Specification {
  readonly matches: SavedMatch[];
  target: SavedTarget | undefined;
  targetAt: number | undefined;
  /** Whether there is one target at most. */
  isSound: boolean;
}

/** Reads the words from `from` on: options of every rule, modules with their options, and the target. */
export function parseSpecification(reader: RuleReader, from: number): Specification {
  const specification: Specification = {
    matches: [],
    target: undefined,
    targetAt: undefined,
    isSound: true,
  };
  let at = from;
  while (at < reader.words.count) {
    const isTarget = roleAt(reader, at) === 'target';
    const stop = isTarget ? endOfOptions(reader, at + 2) : endOfMatch(reader, at);
    if (isTarget) addTarget(specification, readTarget(reader, at, stop));
    else specification.matches.push(readMatch(reader, at, stop));
    at = stop;
  }
  // Only a target that something follows needs its place told.
  if (specification.targetAt === specification.matches.length) specification.targetAt = undefined;
  return specification;
}

function addTarget(specification: Specification, target: SavedTarget): void {
  if (specification.target) specification.isSound = false;
  specification.target = target;
  specification.targetAt = specification.matches.length;
}

function endOfMatch(reader: RuleReader, from: number): number {
  const { count } = reader.words;
  const at = roleAt(reader, from) === 'not' ? from + 1 : from;
  const role = roleAt(reader, at);
  if (role !== 'module') return endOfValues(reader, role === 'text' ? at + 2 : at + 1);
  const isProtocol = at + 1 < count && isProtocolModule(wordAt(reader, at + 1));
  return isProtocol ? at + 2 : endOfOptions(reader, at + 2);
}

function endOfValues(reader: RuleReader, from: number): number {
  const { count } = reader.words;
  let at = from;
  while (at < count && roleAt(reader, at) === 'word') at++;
  return Math.min(at, count);
}

/** The options of a module or a target end where the next one begins, or an option of every rule. */
function endOfOptions(reader: RuleReader, from: number): number {
  const { count } = reader.words;
  let at = from;
  while (at < count) {
    const role = roleAt(reader, at);
    if (endsOptions(role)) break;
    if (role === 'not' && at + 1 < count && endsOptions(roleAt(reader, at + 1))) break;
    at += role === 'text' ? 2 : 1;
  }
  return Math.min(at, count);
}

function endsOptions(role: OptionRole): boolean {
  return role === 'module' || role === 'target' || role === 'basic' || role === 'ofProtocol';
}

/** Most words are no options, and seen to be none by their first character. */
function roleAt({ text, words }: RuleReader, index: number): OptionRole {
  const start = words.starts[index] ?? 0;
  const first = text.charCodeAt(start);
  if (first !== 45 && first !== 33) return 'word';
  return roleOf(text.slice(start, words.ends[index]));
}

function wordAt({ text, words }: RuleReader, index: number): string {
  return readWord(text, words.starts[index] ?? 0, words.ends[index] ?? 0);
}

function readMatch(reader: RuleReader, from: number, to: number): SavedMatch {
  const written = writtenBetween(reader, from, to);
  const known = reader.matches.get(written);
  if (known) return known;
  const words = readOptionWords(reader, from, to);
  const match = spellAs(parseMatch(words.map(({ text }) => text)), written) ?? other(words);
  reader.matches.set(written, match);
  return match;
}

function readTarget(reader: RuleReader, from: number, to: number): SavedTarget {
  const written = writtenBetween(reader, from, to);
  const known = reader.targets.get(written);
  if (known) return known;
  const words = readOptionWords(reader, from, to);
  const read = parseTarget(words.map(({ text }) => text));
  const target = read && printSavedTarget(read) === written ? read : other(words);
  reader.targets.set(written, target);
  return target;
}

/** The match, if it prints as it was written. */
function spellAs(match: SavedMatch | undefined, written: string): SavedMatch | undefined {
  if (!match || printSavedMatch(match) === written) return match;
  if (match.kind !== 'comment') return undefined;
  return quotings
    .map((quoting) => ({ ...match, quoting }))
    .find((spelled) => printSavedMatch(spelled) === written);
}

const quotings: readonly Quoting[] = ['bare', 'restore'];

function other(words: readonly OptionWord[]): {
  readonly kind: 'other';
  readonly words: readonly OptionWord[];
} {
  return { kind: 'other', words };
}

/** The text of some words, with the blanks before them. */
function writtenBetween({ text, words }: RuleReader, from: number, to: number): string {
  return text.slice(words.ends[from - 1], words.ends[to - 1]);
}

function readOptionWords(reader: RuleReader, from: number, to: number): readonly OptionWord[] {
  const words: OptionWord[] = [];
  for (let index = from; index < to; index++) words.push(readOptionWord(reader, index));
  return words;
}

function readOptionWord({ text, words }: RuleReader, index: number): OptionWord {
  const start = words.starts[index] ?? 0;
  const end = words.ends[index] ?? start;
  const spelling = text.slice(start, end);
  const word = readWord(text, start, end);
  const gap = text.slice(words.ends[index - 1], start);
  return {
    text: word,
    ...(spelling !== word && { spelling }),
    ...(gap !== ' ' && { gap }),
  };
}
