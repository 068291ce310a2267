import { returned, type Branch, type End, type Passed } from './branch.ts';
import type { Walk } from './walk.ts';

/** What becomes of a packet at a rule; `undefined` where the rule does not apply. */
export type PassRule = (branch: Branch, index: number) => readonly Passed[] | undefined;

const tooMany: End = { kind: 'unknown', reason: 'more ways than are followed' };

/**
 * Takes a packet through the rules of a chain, in all the ways that it may go.
 *
 * @param rules How many there are, or the places of those that can apply.
 */
export function walkRules(
  start: Branch,
  rules: number | readonly number[],
  { walk, passRule }: { readonly walk: Walk; readonly passRule: PassRule },
): Passed[] {
  const [count, placeOf] =
    typeof rules === 'number'
      ? [rules, (index: number): number => index]
      : [rules.length, (index: number): number => rules[index] ?? 0];
  const ended: Passed[] = [];
  const waiting = [{ branch: start, index: 0 }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { branch } = one;
    let { index } = one;
    let passed: readonly Passed[] | undefined;
    while (index < count && !passed) passed = passRule(branch, placeOf(index++));
    if (!passed) {
      ended.push({ end: returned, branch });
      continue;
    }
    walk.branchesLeft -= passed.length - 1;
    for (const result of passed) {
      if (result.end.kind !== 'next') ended.push(result);
      else if (walk.branchesLeft < 0) ended.push({ ...result, end: tooMany });
      else waiting.push({ branch: result.branch, index });
    }
  }
  return ended;
}

/** What a chain that was called means for the rule that called it; `called` is the branch with that rule's step. */
export function comeBack(passed: readonly Passed[], called: Branch, isGoto: boolean): Passed[] {
  return passed.map((one) => {
    if (one.end.kind !== 'return') return one;
    const { branch } = one;
    // A call that led to nothing is no part of the way.
    const isIdle = branch.path === called.path && branch.path !== undefined;
    const back = isIdle ? { ...branch, path: branch.path?.before } : branch;
    return { end: isGoto ? one.end : { kind: 'next' }, branch: back };
  });
}
