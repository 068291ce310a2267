import type { Assumption, PathNode } from './walk/branch.ts';
import { outcomeKey, type Final } from './outcome.ts';

/**
 * Settles what was assumed of rules that are not known, the latest first: where the packet fares the same
 * whether the rule applies or not, it does not matter; else that it applies is an outcome which is unknown.
 */
export function settleAssumptions(finals: readonly Final[]): readonly Final[] {
  const settled: Final[] = [];
  const open = new Map<number, Final[]>();
  const add = (final: Final): void => {
    const number = final.branch.assumption?.number;
    const known = number === undefined ? settled : open.get(number);
    if (known) known.push(final);
    else if (number !== undefined) open.set(number, [final]);
  };
  for (const final of finals) add(final);
  // What is settled falls back to an assumption that was made before, so with a lower number.
  for (let number = highest(open.keys()); number >= 0; number--) {
    const own = open.get(number) ?? [];
    const [first] = own;
    const assumption = first?.branch.assumption;
    if (!assumption) continue;
    const applied = own.filter(({ branch }) => branch.assumption?.applies);
    const skipped = own.filter(({ branch }) => !branch.assumption?.applies);
    for (const final of settle(applied, skipped, assumption)) add(final);
  }
  return settled;
}

function highest(numbers: Iterable<number>): number {
  let last = -1;
  for (const number of numbers) last = Math.max(last, number);
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
