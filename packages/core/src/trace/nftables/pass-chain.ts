import type { NormalChain } from '../../ruleset/nftables/index.ts';
import type { Branch, Passed } from '../walk/branch.ts';
import { comeBack, walkRules } from '../walk/walk-rules.ts';
import { unknownAt } from '../walk/walk.ts';
import { matchChance } from './match-chance.ts';
import { passStatement } from './pass-statement.ts';
import type { RulePlace } from './rule-place.ts';
import { goOn, joinResults } from './statement-result.ts';
import type { TableContext } from './table-context.ts';

/** The kernel refuses loops; a text that was read may have one. */
const deepest = 100;

/** Takes a packet through a chain; what returns has come to its end. */
export function passChain(
  branch: Branch,
  chain: NormalChain,
  context: TableContext,
): readonly Passed[] {
  const { table, walk, depth } = context;
  const callChain: RulePlace['callChain'] = (called, name, isGoto) => {
    const other = table.chains.get(name);
    if (!other) return [unknownAt(called, `chain ${name}, which is not there`)];
    if (depth >= deepest) return [unknownAt(called, 'chains that call each other')];
    const passed = passChain(called, other, { ...context, depth: depth + 1 });
    return comeBack(passed, called, isGoto);
  };
  return walkRules(branch, chain.rules.length, {
    walk,
    passRule: (current, index) => {
      const rule = chain.rules[index];
      return rule && passRule(current, { rule, chain, number: index + 1, context, callChain });
    },
  });
}

function passRule(branch: Branch, place: RulePlace): readonly Passed[] | undefined {
  const { statements } = place.rule;
  const [first] = statements;
  if (first?.kind === 'match' && matchChance(first, branch.packet, place.context) === 0)
    return undefined;
  let result = goOn(branch);
  for (const statement of statements) {
    const { on, ended } = result;
    if (on.length === 0) break;
    result = joinResults([
      { on: [], ended },
      ...on.map((one) => passStatement(one, statement, place)),
    ]);
  }
  return [
    ...result.ended,
    ...result.on.map((one): Passed => ({ end: { kind: 'next' }, branch: one })),
  ];
}
