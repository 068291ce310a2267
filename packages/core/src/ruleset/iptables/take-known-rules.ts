import { splitLines } from './split-lines.ts';
import type { LineRange } from './split-words.ts';

/** A rule that was not read, since its text is in normal form already. */
interface KnownRule {
  readonly text: string;
  /** Where the line starts in the text, in UTF-16 code units. */
  readonly offset: number;
}

export interface TakenRules {
  /** By table and chain. */
  readonly taken: ReadonlyMap<string, ReadonlyMap<string, readonly KnownRule[]>>;
  /** What else there is to read. */
  readonly lines: readonly LineRange[];
}

interface Chain {
  readonly rules: KnownRule[];
  readonly lines: LineRange[];
  /** Whether a rule of it is not known, or it is declared more than once. */
  isMixed: boolean;
}

/**
 * Takes out of a text of iptables-save the chains whose rules are all among `known`, which are in normal
 * form: nearly all of a node that is as it should be.
 */
export function takeKnownRules(text: string, known: ReadonlySet<string>): TakenRules {
  const tables = new Map<string, Map<string, Chain>>();
  const lines: LineRange[] = [];
  let chains = new Map<string, Chain>();
  for (const line of splitLines(text).ranges) {
    const first = text[line.start];
    if (first === '-') {
      const rule = text.slice(line.start, line.end);
      const chain = chains.get(rule.slice(3, rule.indexOf(' ', 3)));
      if (chain) {
        chain.lines.push(line);
        chain.rules.push({ text: rule, offset: line.start });
        if (!known.has(rule)) chain.isMixed = true;
        continue;
      }
    }
    lines.push(line);
    if (first === '*') tables.set(text.slice(line.start + 1, line.end), (chains = new Map()));
    if (first === ':') declare(chains, text.slice(line.start + 1, line.end));
  }
  return finish(tables, lines);
}

function declare(chains: Map<string, Chain>, line: string): void {
  const name = line.slice(0, line.indexOf(' '));
  const present = chains.get(name);
  if (present) present.isMixed = true;
  else if (line.includes(' - ')) chains.set(name, { rules: [], lines: [], isMixed: false });
}

function finish(
  tables: ReadonlyMap<string, ReadonlyMap<string, Chain>>,
  others: readonly LineRange[],
): TakenRules {
  const taken = new Map<string, Map<string, readonly KnownRule[]>>();
  const mixed: LineRange[] = [];
  for (const [table, chains] of tables) {
    const whole = new Map<string, readonly KnownRule[]>();
    taken.set(table, whole);
    for (const [name, { rules, lines, isMixed }] of chains) {
      if (isMixed) mixed.push(...lines);
      else whole.set(name, rules);
    }
  }
  return { taken, lines: [...others, ...mixed].sort((a, b) => a.start - b.start) };
}
