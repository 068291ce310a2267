import { findGaps, parseCounters, writtenWord } from './parse-head.ts';
import { parseSpecification, type RuleReader } from './parse-specification.ts';
import type { SavedRule } from './saved.ts';
import type { LineRange } from './split-words.ts';

/** Reads `[packets:bytes] -A CHAIN …`, the counters being optional; what is wrong with the line as a text, if it is no rule. */
export function parseRule(reader: RuleReader, line: LineRange): SavedRule | string {
  const first = writtenWord(reader, 0);
  const counters = first.startsWith('[') ? parseCounters(first) : undefined;
  if (first.startsWith('[') && !counters) return 'counters are [packets:bytes]';
  const at = counters ? 1 : 0;
  if (writtenWord(reader, at) !== '-A') return 'a rule begins with -A';
  const rule = parseRuleOf(reader, line, at + 2);
  return typeof rule === 'string' ? rule : { ...rule, counters };
}

/** Reads the chain, which is the last word of a head of `length` words, and the rule's specification after it. */
export function parseRuleOf(
  reader: RuleReader,
  line: LineRange,
  length: number,
): SavedRule | string {
  const chain = writtenWord(reader, length - 1);
  if (chain === '' || chain.includes('"')) return 'a chain is missing';
  const { matches, target, targetAt, isSound } = parseSpecification(reader, length);
  if (!isSound) return 'it has two targets';
  return {
    kind: 'rule',
    chain,
    counters: undefined,
    matches,
    target,
    targetAt,
    offset: line.start,
    gaps: findGaps(reader, line, length),
  };
}
