import type { Assumption, PathNode } from './walk/branch.ts';
import { outcomeKey, type Final } from './outcome.ts';

/**
 * Settles what was assumed of rules that are not known, the latest first: where the packet fares the same
 * whether the rule applies or not, it does not matter; else that it applies is an outcome which is unknown.
 */
export function settleAssumptions(finals: readonly Final[]): readonly Final[] {
  let settled = finals;
  for (;;) {
    const last = latest(settled);
    if (!last) return settled;
    const isOf = (applies: boolean) => (final: Final) => {
      const { assumption } = final.branch;
      return assumption?.number === last.number && assumption.applies === applies;
    };
    const others = settled.filter(({ branch }) => branch.assumption?.number !== last.number);
    settled = [...others, ...settle(settled.filter(isOf(true)), settled.filter(isOf(false)), last)];
  }
}

function latest(finals: readonly Final[]): Assumption | undefined {
  let last: Assumption | undefined;
  for (const { branch } of finals) {
    const { assumption } = branch;
    if (assumption && (!last || assumption.number > last.number)) last = assumption;
  }
  return last;
}

function settle(
  applied: readonly Final[],
  skipped: readonly Final[],
  { path, before }: Assumption,
): Final[] {
  const forget = (final: Final, probability: number): Final => ({
    ...final,
    branch: { ...final.branch, assumption: before, probability },
  });
  if (areAlike(applied, skipped))
    return skipped.map((final) => forget(final, final.branch.probability * 2));
  const kept = skipped.map((final) => forget(final, final.branch.probability));
  const [first] = applied;
  if (!first) return kept;
  const probability = applied.reduce((sum, { branch }) => sum + branch.probability, 0);
  const unknown: Final = {
    branch: { ...first.branch, path },
    end: { kind: 'unknown', reason: reasonOf(path) },
  };
  return [...kept, forget(unknown, probability)];
}

function reasonOf({ step }: PathNode): string {
  return step.kind === 'rule' ? (step.unknown ?? '') : '';
}

function areAlike(applied: readonly Final[], skipped: readonly Final[]): boolean {
  const [a, b] = [chancesOf(applied), chancesOf(skipped)];
  return (
    a.size === b.size &&
    [...a].every(([key, chance]) => Math.abs(chance - (b.get(key) ?? -1)) < 1e-9)
  );
}

function chancesOf(finals: readonly Final[]): Map<string, number> {
  const chances = new Map<string, number>();
  for (const final of finals) {
    const key = outcomeKey(final);
    chances.set(key, (chances.get(key) ?? 0) + final.branch.probability);
  }
  return chances;
}
