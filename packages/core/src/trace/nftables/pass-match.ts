import type { NormalStatement } from '../../ruleset/nftables/index.ts';
import type { Branch } from '../branch.ts';
import { assumeAt, changeAt, forkAt } from '../walk.ts';
import { evaluate } from './evaluate.ts';
import { matchChance } from './match-chance.ts';
import { elementStep, stepOf, withStep, type RulePlace } from './rule-place.ts';
import { goOn, notMatched, type StatementResult } from './statement-result.ts';

type Match = NormalStatement & { readonly kind: 'match' };

/** Goes on where a packet is what a match asks for. */
export function passMatch(branch: Branch, match: Match, place: RulePlace): StatementResult {
  const chance = matchChance(match, branch.packet, place.context);
  if (chance === 0) return notMatched(branch);
  if (chance === undefined) return assume(branch, place, place.rule.text);
  if (chance < 1) {
    const { applies, others } = forkAt(branch, chance, () => stepOf(place));
    return { on: applies ? [applies] : [], ended: others };
  }
  return goOn(match.right.kind === 'set' ? withElement(branch, match, place) : branch);
}

/** Goes on as if a statement held, and beside it as if not. */
export function assume(branch: Branch, place: RulePlace, unknown: string): StatementResult {
  const step = { ...stepOf(place), unknown };
  const { applies, others } = assumeAt(branch, step, place.context.walk);
  return { on: applies ? [applies] : [], ended: others };
}

function withElement(branch: Branch, { left, right }: Match, place: RulePlace): Branch {
  if (right.kind !== 'set') return branch;
  const [first] = evaluate(left, branch.packet, place.context.walk);
  const value = first && typeof first.value === 'object' ? first.value.text : undefined;
  const container = place.context.containers.get(right.name);
  const element = value === undefined ? undefined : container?.find(value);
  if (!element) return branch;
  const stepped = withStep(branch, place);
  return changeAt(stepped, stepped.packet, {
    elements: [...elementsOf(stepped), elementStep(right.name, element, place)],
  });
}

export function elementsOf({
  path,
}: Branch): NonNullable<Extract<NonNullable<typeof path>['step'], { kind: 'rule' }>['elements']> {
  return path?.step.kind === 'rule' ? (path.step.elements ?? []) : [];
}
