import type { PacketState } from './packet.ts';
import type { Step } from './step.ts';

/** One way that a packet may take. Branches share the beginning of their paths. */
export interface Branch {
  readonly probability: number;
  readonly packet: PacketState;
  readonly path: PathNode | undefined;
  /** What was assumed of rules that are not known. */
  readonly assumption: Assumption | undefined;
}

/** A path from its last step backwards. */
export interface PathNode {
  readonly step: Step;
  readonly before: PathNode | undefined;
}

/** Whether a rule applied of which that is not known; later ones have higher numbers. */
export interface Assumption {
  readonly number: number;
  readonly applies: boolean;
  readonly before: Assumption | undefined;
  /** How many there are, this one included. */
  readonly depth: number;
  /** The way to the rule, with the rule. */
  readonly path: PathNode;
}

/** What becomes of a packet in a chain or at a hook. */
export type End =
  /** On to the next rule; from a chain back to where it was called. */
  | { readonly kind: 'next' | 'return' }
  | { readonly kind: 'accept' | 'drop' }
  | { readonly kind: 'reject'; readonly with: string }
  /** IPVS sends it on as the node's own. */
  | { readonly kind: 'sendOut' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Passed {
  readonly end: End;
  readonly branch: Branch;
}

export const next: End = { kind: 'next' };
export const returned: End = { kind: 'return' };
export const accepted: End = { kind: 'accept' };
export const dropped: End = { kind: 'drop' };

export function addStep(branch: Branch, step: Step): Branch {
  return { ...branch, path: { step, before: branch.path } };
}

/** The branch with a chance taken. */
export function takeChance(branch: Branch, chance: number): Branch {
  return chance === 1 ? branch : { ...branch, probability: branch.probability * chance };
}

export function changePacket(branch: Branch, change: Partial<PacketState>): Branch {
  return { ...branch, packet: { ...branch.packet, ...change } };
}

/** The steps of a path, first to last. */
export function stepsOf(path: PathNode | undefined): Step[] {
  const steps: Step[] = [];
  for (let node = path; node; node = node.before) steps.push(node.step);
  return steps.toReversed();
}
