import { addStep, changePacket, type Branch, type End, type Passed } from './branch.ts';
import type { Network } from './environment.ts';
import type { PacketState } from './packet.ts';
import type { RuleStep } from './step.ts';

/** What is needed all the way of one packet. */
export interface Walk {
  readonly network: Network;
  /** How many more branches may be made; rules of others may have more ways than can be followed. */
  branchesLeft: number;
  /** The number of the next assumption. */
  nextAssumption: number;
}

/** Beyond it a packet's ways are not followed. */
export const mostBranches = 100_000;

/** Of a packet that meets more rules than these which are not known, it is not known what becomes of it. */
const mostAssumptions = 6;

/** How likely a rule or match applies: 0 to 1, or `undefined` where that is not known. */
export type Chance = number | undefined;

export interface Fork {
  /** The branch in which the rule applies, with its step. */
  readonly applies: Branch | undefined;
  /** The others. */
  readonly others: readonly Passed[];
}

/** Parts a branch at a rule: in one the rule applies, with a chance; in the other it does not. */
export function forkAt(branch: Branch, chance: number, makeStep: () => RuleStep): Fork {
  if (chance === 1) return { applies: addStep(branch, makeStep()), others: [] };
  const step = { ...makeStep(), probability: chance };
  return {
    applies: addStep({ ...branch, probability: branch.probability * chance }, step),
    others: [next({ ...branch, probability: branch.probability * (1 - chance) })],
  };
}

/** Parts a branch at a rule of which it is not known whether it applies. */
export function assumeAt(branch: Branch, step: RuleStep, walk: Walk): Fork {
  const { assumption: before, probability } = branch;
  const depth = (before?.depth ?? 0) + 1;
  const half = { ...branch, probability: probability / 2 };
  const marked = addStep(half, step);
  const { path } = marked;
  if (depth > mostAssumptions || !path) {
    const end: End = { kind: 'unknown', reason: step.unknown ?? '' };
    return { applies: undefined, others: [{ end, branch: marked }, next(half)] };
  }
  const number = walk.nextAssumption++;
  const assume = (applies: boolean) => ({ number, applies, before, depth, path });
  return {
    applies: { ...marked, assumption: assume(true) },
    others: [next({ ...half, assumption: assume(false) })],
  };
}

function next(branch: Branch): Passed {
  return { end: { kind: 'next' }, branch };
}

/** The branch with a changed packet, and what changed in the step of the rule that did it. */
export function changeAt(
  branch: Branch,
  packet: PacketState,
  change: Pick<RuleStep, 'destination' | 'source' | 'mark' | 'elements' | 'probability'>,
): Branch {
  const { path } = branch;
  const changed = changePacket(branch, packet);
  if (path?.step.kind !== 'rule') return changed;
  return { ...changed, path: { step: { ...path.step, ...change }, before: path.before } };
}

/** A rule of which it is not known what it does. */
export function unknownAt(branch: Branch, reason: string): Passed {
  const { path } = branch;
  const end: End = { kind: 'unknown', reason };
  if (path?.step.kind !== 'rule') return { end, branch };
  const step: RuleStep = { ...path.step, unknown: reason };
  return { end, branch: { ...branch, path: { step, before: path.before } } };
}
