import type { Branch, Passed } from '../walk/branch.ts';

/** After a statement: branches that go on to the next one, and those whose way through the rule has ended. */
export interface StatementResult {
  readonly on: readonly Branch[];
  readonly ended: readonly Passed[];
}

export function goOn(branch: Branch): StatementResult {
  return { on: [branch], ended: [] };
}

export function endWith(...ended: readonly Passed[]): StatementResult {
  return { on: [], ended };
}

/** The rule does not apply: on to the next. */
export function notMatched(branch: Branch): StatementResult {
  return endWith({ end: { kind: 'next' }, branch });
}

export function joinResults(results: readonly StatementResult[]): StatementResult {
  return {
    on: results.flatMap(({ on }) => on),
    ended: results.flatMap(({ ended }) => ended),
  };
}
