import { behaviourOf } from '../../service/behaviour.ts';
import type { Release } from '../../service/release.ts';
import { resolveFamily, type ResolvedFamily } from '../../service/resolve-family.ts';
import { summarize } from '../../service/summary.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { NftablesBase } from './shared/base.ts';
import { compileFastFamily } from './fast/compile-fast-family.ts';
import { noMemory, rememberSlots } from './fast/former-slots.ts';
import { withPrimaryAddresses } from '../../service/with-primary-addresses.ts';
import { findNftablesProblems } from './find-nftables-problems.ts';
import { compileKubeProxyFamily } from './kube-proxy/compile-kube-proxy-family.ts';
import { containers } from './shared/objects.ts';
import type { PlacedElement } from './shared/placed-element.ts';
import type {
  FormerFamily,
  FormerRuleset,
  Layout,
  NftablesFamily,
  NftablesRuleset,
} from './ruleset.ts';

export interface NftablesOptions {
  readonly release: Release;
  readonly layout: Layout;
  /** The ruleset that the kernel has, whose endpoints keep their slots in the fast layout. */
  readonly previous?: FormerRuleset | undefined;
  /** Seconds on a clock that does not go back: slots with affinity are free again some time after their endpoint went. */
  readonly time: number;
}

/** What kube-proxy programs in nftables mode, or what forwards alike in the fast layout. */
export function compileNftables(snapshot: Snapshot, options: NftablesOptions): NftablesRuleset {
  const { release, layout } = options;
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  const defaulted = withPrimaryAddresses(snapshot);
  const ipv4 = resolveFamily(defaulted, 'IPv4', behaviour);
  const ipv6 = resolveFamily(defaulted, 'IPv6', behaviour);
  return {
    mode: 'nftables',
    layout,
    release,
    nodeName: snapshot.nodeName,
    summary: summarize([ipv4, ipv6]),
    ipv4: compileFamily(snapshot, ipv4, { ...options, former: options.previous?.ipv4 }),
    ipv6: compileFamily(snapshot, ipv6, { ...options, former: options.previous?.ipv6 }),
    diagnostics: findNftablesProblems(snapshot, [ipv4, ipv6], layout),
  };
}

interface FamilyOptions extends NftablesOptions {
  readonly former: FormerFamily | undefined;
}

function compileFamily(
  { config }: Snapshot,
  resolved: ResolvedFamily,
  { layout, former, time }: FamilyOptions,
): NftablesFamily {
  const { family, detector, nodePortAddresses } = resolved;
  const base: NftablesBase = {
    family,
    detector,
    masqueradeMark: 2 ** config.nftables.masqueradeBit,
    masqueradeAll: config.nftables.masqueradeAll,
    matchAllNodePorts: nodePortAddresses.matchAll,
  };
  const nodeElements = nodePortElements(resolved);
  if (layout === 'kube-proxy')
    return { family, table: compileKubeProxyFamily(base, resolved, nodeElements) };
  const memory = former
    ? rememberSlots(former.table, former.retiredSlots ?? [], time)
    : { ...noMemory, time };
  return { family, ...compileFastFamily(base, resolved, { nodeElements, memory }) };
}

function nodePortElements({ nodePortAddresses: { addresses } }: ResolvedFamily): PlacedElement[] {
  return addresses
    .filter(({ isLoopback }) => !isLoopback)
    .map(({ ip }) => ({
      container: containers.nodePortIPs,
      element: { key: [ip], origin: { reason: 'node ports' } },
    }));
}
