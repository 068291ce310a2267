import type { DumpProblems } from '../../../diagnostics/dump-problems.ts';
import { isDeeperThan } from '../../../util/is-deeper-than.ts';
import { quoteValue } from '../../../util/quote-value.ts';
import type { SavedJSON } from './saved.ts';

/** Deeper than any expression of nft is nested. */
const deepest = 100;

/** Reads what `nft -j list` printed. */
export function parseJSON(text: string, problems: DumpProblems): SavedJSON {
  const value = parseValue(text, problems);
  if (value === undefined) return { format: 'json', objects: [] };
  const objects = isRecord(value) ? value['nftables'] : undefined;
  const start = text.search(/\S/);
  const line = { text: text.slice(start, start + 80), start };
  if (!Array.isArray(objects)) {
    const message = `${quoteValue(line.text)} is JSON, but not of "nft -j list ruleset": it has no list "nftables".`;
    problems.unsupported(line, message);
    return { format: 'json', objects: [] };
  }
  if (isDeeperThan(objects, deepest)) {
    problems.syntax(line, `This is nested more than ${deepest} deep, as no output of nft is.`);
    return { format: 'json', objects: [] };
  }
  return { format: 'json', objects };
}

function parseValue(text: string, problems: DumpProblems): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const end = text.trimEnd();
    const start = Math.max(0, end.length - 1);
    const reason = error instanceof Error ? error.message : '';
    const line = { text: end.slice(start), start };
    if (end.endsWith('}')) problems.syntax(line, `This is no JSON: ${quoteValue(reason)}.`);
    else problems.truncated(line, 'The text ends before its JSON does.');
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
