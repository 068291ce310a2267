import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { findGaps, writtenWord } from './parse-head.ts';
import { parseRuleOf } from './parse-rule.ts';
import type { RuleReader } from './parse-specification.ts';
import { ProblemList } from './problem-list.ts';
import type { SavedBlank, SavedComment, SavedJump, SavedJumps } from './saved.ts';
import { splitLines } from './split-lines.ts';
import { createWordBounds, splitWords, type LineRange } from './split-words.ts';

export interface ParsedJumps {
  readonly jumps: SavedJumps;
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads a `.jumps` file: each line has the arguments of one call of iptables, `-t TABLE -N CHAIN`,
 * `-t TABLE -I CHAIN …` or `-t TABLE -A CHAIN …`. Any other line is a diagnostic and is left out. Never throws.
 */
export function parseJumps(text: string, source = 'jumps'): ParsedJumps {
  const { ranges, lineEnd, ended } = splitLines(text);
  const reader = { text, words: createWordBounds(), matches: new Map(), targets: new Map() };
  const problems = new ProblemList(source);
  const items: SavedJumps['items'][number][] = [];
  for (const line of ranges) {
    const item = parseJumpLine(reader, line);
    if (typeof item === 'string') {
      const written = quoteValue(text.slice(line.start, Math.min(line.end, line.start + 200)));
      problems.add('DUMP_SYNTAX', line, `${written} is no call of iptables: ${item}.`);
    } else {
      items.push(item);
    }
  }
  return { jumps: { items, lineEnd, ended }, diagnostics: problems.finish() };
}

function parseJumpLine(
  reader: RuleReader,
  line: LineRange,
): SavedJump | SavedComment | SavedBlank | string {
  const written = reader.text.slice(line.start, line.end);
  const trimmed = written.trimStart();
  if (trimmed.startsWith('#')) return { kind: 'comment', text: written };
  if (splitWords(reader.text, line, reader.words) >= 0) return 'a quote is left open';
  if (reader.words.count === 0) return { kind: 'blank', text: written };
  const table = writtenWord(reader, 1);
  if (writtenWord(reader, 0) !== '-t' || table === '') return 'it does not begin with -t TABLE';
  return parseCall(reader, line, table);
}

function parseCall(reader: RuleReader, line: LineRange, table: string): SavedJump | string {
  const command = writtenWord(reader, 2);
  if (command === '-I' || command === '-A') {
    const rule = parseRuleOf(reader, line, 4);
    const kind = command === '-I' ? 'prepend' : 'append';
    return typeof rule === 'string' ? rule : { kind, table, rule };
  }
  const chain = writtenWord(reader, 3);
  if (command !== '-N' || chain === '' || reader.words.count !== 4) {
    return 'it has neither -N CHAIN nor -I or -A CHAIN with a rule';
  }
  return { kind: 'newChain', table, chain, offset: line.start, gaps: findGaps(reader, line, 4) };
}
