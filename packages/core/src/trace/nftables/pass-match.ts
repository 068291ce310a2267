import type { NormalStatement } from '../../ruleset/nftables/index.ts';
import type { Branch } from '../walk/branch.ts';
import { assumeAt, forkAt } from '../walk/walk.ts';
import { matchChance } from './match-chance.ts';
import { stepOf, type RulePlace } from './rule-place.ts';
import { goOn, notMatched, type StatementResult } from './statement-result.ts';

type Match = NormalStatement & { readonly kind: 'match' };

/** Goes on where a packet is what a match asks for. */
export function passMatch(branch: Branch, match: Match, place: RulePlace): StatementResult {
  const chance = matchChance(match, branch.packet, place.context);
  if (chance === 0) return notMatched(branch);
  if (chance === undefined) return assume(branch, place, place.rule.text);
  if (chance < 1) {
    const { applies, others } = forkAt(branch, chance, () => stepOf(place, branch.packet));
    return { on: applies ? [applies] : [], ended: others };
  }
  return goOn(branch);
}

/** Goes on as if a statement held, and beside it as if not. */
export function assume(branch: Branch, place: RulePlace, unknown: string): StatementResult {
  const step = { ...stepOf(place, branch.packet), unknown };
  const { applies, others } = assumeAt(branch, step, place.context.walk);
  return { on: applies ? [applies] : [], ended: others };
}
