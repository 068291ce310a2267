import { findRefusals } from './find-refusals.ts';
import { compileIptables } from './proxier/iptables/compile-iptables.ts';
import type { IptablesRuleset } from './proxier/iptables/ruleset.ts';
import { compileIpvs } from './proxier/ipvs/compile-ipvs.ts';
import type { IpvsRuleset } from './proxier/ipvs/ruleset.ts';
import { compileNftables } from './proxier/nftables/compile-nftables.ts';
import {
  layouts,
  type FormerRuleset,
  type Layout,
  type NftablesRuleset,
} from './proxier/nftables/ruleset.ts';
import type { ProxyPorts } from './proxier/userspace/choose-proxy-ports.ts';
import { compileUserspace } from './proxier/userspace/compile-userspace.ts';
import type { UserspaceRuleset } from './proxier/userspace/ruleset.ts';
import { defaultRelease, releases, type Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { UnusableSnapshotError } from './unusable-snapshot-error.ts';

/** The type of ruleset that each mode compiles to. */
export interface RulesetByMode {
  readonly iptables: IptablesRuleset;
  readonly ipvs: IpvsRuleset;
  readonly userspace: UserspaceRuleset;
  readonly nftables: NftablesRuleset;
}

/** The modes that can be compiled. */
export type Mode = keyof RulesetByMode;

export type Ruleset = RulesetByMode[Mode];

export interface CompileOptions {
  /** The release of kube-proxy whose rules are wanted; the newest known by default. */
  readonly release?: Release;
  /** How the rules of nftables mode lie in the kernel; kube-proxy's own way by default. */
  readonly layout?: Layout;
  /**
   * The ruleset of nftables mode that the kernel has. In the fast layout endpoints then keep their
   * slots: the change to the new ruleset is small, and no client loses the endpoint it is bound to.
   */
  readonly previous?: FormerRuleset;
  /**
   * Seconds on a clock that does not go back, such as `Date.now() / 1000`. With `previous` in the fast
   * layout, slots of Services with affinity are given to other endpoints only when the affinity of
   * the former has run out; without it they never are.
   */
  readonly time?: number;
  /**
   * The proxy ports of userspace mode that the node has, by `namespace/name:port/protocol`: they stay.
   * Those of the NodeState win.
   */
  readonly proxyPorts?: ProxyPorts;
}

interface KnownOptions extends CompileOptions {
  readonly release: Release;
  readonly layout: Layout;
}

type Compilers = {
  readonly [M in Mode]: (snapshot: Snapshot, options: KnownOptions) => RulesetByMode[M];
};

const compilers: Compilers = {
  iptables: (snapshot, { release }) => compileIptables(snapshot, release),
  ipvs: (snapshot, { release }) => compileIpvs(snapshot, release),
  userspace: (snapshot, { release, proxyPorts = {} }) =>
    compileUserspace(snapshot, { release, proxyPorts }),
  nftables: (snapshot, { release, layout, previous, time = 0 }) =>
    compileNftables(snapshot, { release, layout, previous, time }),
};

/** The modes that can be compiled, in the order in which documentation lists them. */
export const modes: readonly Mode[] = ['iptables', 'ipvs', 'userspace', 'nftables'];

/**
 * The rules that kube-proxy would program on the snapshot's node. Pure: the same snapshot gives
 * the same rules, in canonical order, whatever the order of its objects was.
 *
 * @throws {UnusableSnapshotError} if the configuration is invalid or the node is not known, with all reasons.
 * @throws {TypeError} for a mode, release or layout that does not exist, or a layout of another mode than nftables.
 */
export function compile<M extends Mode>(
  snapshot: Snapshot,
  mode: M,
  options: CompileOptions = {},
): RulesetByMode[M] {
  const { release = defaultRelease, layout = 'kube-proxy' } = options;
  assertOneOf('mode', mode, modes);
  assertOneOf('release', release, releases);
  assertOneOf('layout', layout, mode === 'nftables' ? layouts : ['kube-proxy']);
  const refusals = findRefusals(snapshot, mode, release);
  if (refusals.length > 0) throw new UnusableSnapshotError(refusals);
  return compilers[mode](snapshot, { ...options, release, layout });
}

function assertOneOf(argument: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) {
    throw new TypeError(
      `${argument} ${JSON.stringify(value)} is not known; use ${known.join(' or ')}`,
    );
  }
}
