import type { NormalIPSet } from '../../ruleset/ipset/index.ts';
import type { NormalRuleset } from '../../ruleset/iptables/index.ts';
import type { NormalVirtualServer } from '../../ruleset/ipvs/index.ts';
import type { NormalTable } from '../../ruleset/nftables/index.ts';
import type { Origin } from '../../ruleset/origin.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Branch, Passed } from './branch.ts';
import type { Network } from './environment.ts';
import type { HookName } from './packet.ts';
import type { StepSource } from './step.ts';
import type { Walk } from './walk.ts';

/** Rules in the normal form of their language, and the file that they were read from; none for compiled ones. */
export interface TraceSource<Rules> {
  readonly rules: Rules;
  readonly file?: string | undefined;
  /** The file of iptables' jumps, where they are apart. */
  readonly jumpsFile?: string | undefined;
}

/** Where the parts of normal forms come from. */
interface Placed {
  readonly offset?: number;
  readonly origin?: Origin;
}

/**
 * The rules of a node, of all its tools: what was compiled and what was read alike. iptables rules of both
 * implementations, and of both families, stand beside each other.
 */
export interface TraceRules {
  readonly iptables?: readonly TraceSource<NormalRuleset>[];
  /** Without them, rules that look into a set are not known. */
  readonly ipsets?: readonly TraceSource<readonly NormalIPSet<Placed>[]>[];
  readonly virtualServers?: readonly TraceSource<readonly NormalVirtualServer<Placed>[]>[];
  readonly nftables?: readonly TraceSource<readonly NormalTable[]>[];
}

/** Something at a hook that packets pass, in the order of priorities. */
export interface HookEntry {
  readonly priority: number;
  /** Orders those of one priority. */
  readonly subPriority: number;
  readonly isNAT: boolean;
  /** Ends in `accept` for what may go on to the next entry. */
  readonly pass: (branch: Branch, walk: Walk) => readonly Passed[];
}

/** Something at a hook that is told. */
export interface HookedEntry extends HookEntry {
  readonly hook: HookName;
}

/** The rules of a node, indexed, with what is around them. */
export interface Traceable {
  readonly network: Network;
  readonly hooks: Readonly<Record<Family, Readonly<Record<HookName, readonly HookEntry[]>>>>;
}

/** Where something came from, as steps tell it. */
export function sourceOf(
  {
    origin,
    offset,
  }: { readonly kind?: string; readonly origin?: Origin; readonly offset?: number },
  file: string | undefined,
): StepSource {
  return {
    ...(origin && { origin }),
    ...(offset !== undefined && { place: { source: file ?? '', offset } }),
  };
}
