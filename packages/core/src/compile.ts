import { findRefusals } from './find-refusals.ts';
import { compileIptables } from './proxier/iptables/compile-iptables.ts';
import type { IptablesRuleset } from './proxier/iptables/ruleset.ts';
import { compileIpvs } from './proxier/ipvs/compile-ipvs.ts';
import type { IpvsRuleset } from './proxier/ipvs/ruleset.ts';
import { compileNftables } from './proxier/nftables/compile-nftables.ts';
import type { NftablesRuleset } from './proxier/nftables/ruleset.ts';
import { defaultRelease, releases, type Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { UnusableSnapshotError } from './unusable-snapshot-error.ts';

/** The type of ruleset that each mode compiles to. */
export interface RulesetByMode {
  readonly iptables: IptablesRuleset;
  readonly ipvs: IpvsRuleset;
  readonly nftables: NftablesRuleset;
}

/** The modes that can be compiled. */
export type Mode = keyof RulesetByMode;

export type Ruleset = RulesetByMode[Mode];

export interface CompileOptions {
  /** The release of kube-proxy whose rules are wanted; the newest known by default. */
  readonly release?: Release;
}

type Compilers = {
  readonly [M in Mode]: (snapshot: Snapshot, release: Release) => RulesetByMode[M];
};

const compilers: Compilers = {
  iptables: compileIptables,
  ipvs: compileIpvs,
  nftables: compileNftables,
};

/** The modes that can be compiled, in the order in which documentation lists them. */
export const modes: readonly Mode[] = ['iptables', 'ipvs', 'nftables'];

/**
 * The rules that kube-proxy would program on the snapshot's node. Pure: the same snapshot gives
 * the same rules, in canonical order, whatever the order of its objects was.
 *
 * @throws {UnusableSnapshotError} if the configuration is invalid or the node is not known, with all reasons.
 * @throws {TypeError} for a mode or release that does not exist.
 */
export function compile<M extends Mode>(
  snapshot: Snapshot,
  mode: M,
  { release = defaultRelease }: CompileOptions = {},
): RulesetByMode[M] {
  assertOneOf('mode', mode, modes);
  assertOneOf('release', release, releases);
  const refusals = findRefusals(snapshot, mode, release);
  if (refusals.length > 0) throw new UnusableSnapshotError(refusals);
  return compilers[mode](snapshot, release);
}

function assertOneOf(argument: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) {
    throw new TypeError(
      `${argument} ${JSON.stringify(value)} is not known; use ${known.join(' or ')}`,
    );
  }
}
