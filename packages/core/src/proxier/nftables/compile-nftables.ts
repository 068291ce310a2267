import { behaviourOf } from '../../service/behaviour.ts';
import { findEmptyNodePortAddresses } from '../../service/find-empty-node-port-addresses.ts';
import type { Release } from '../../service/release.ts';
import { resolveFamily, type ResolvedFamily } from '../../service/resolve-family.ts';
import { summarize } from '../../service/summary.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { assemble } from './assemble.ts';
import type { NftablesBase } from './base.ts';
import { compileServicePort } from './compile-service-port.ts';
import type { NftablesContext } from './context.ts';
import type { PlacedElement } from './fragment.ts';
import type { NftablesFamily, NftablesRuleset } from './ruleset.ts';

/** What kube-proxy programs in nftables mode, in its own layout. */
export function compileNftables(snapshot: Snapshot, release: Release): NftablesRuleset {
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  const defaulted = withPrimaryAddresses(snapshot);
  const ipv4 = resolveFamily(defaulted, 'IPv4', behaviour);
  const ipv6 = resolveFamily(defaulted, 'IPv6', behaviour);
  return {
    mode: 'nftables',
    release,
    nodeName: snapshot.nodeName,
    summary: summarize([ipv4, ipv6]),
    ipv4: compileFamily(snapshot, ipv4),
    ipv6: compileFamily(snapshot, ipv6),
    diagnostics: findEmptyNodePortAddresses([ipv4, ipv6]),
  };
}

/** In this mode, unset `nodePortAddresses` mean the node's own addresses, not all. */
function withPrimaryAddresses(snapshot: Snapshot): Snapshot {
  const { config } = snapshot;
  if (config.nodePortAddresses.length > 0) return snapshot;
  return { ...snapshot, config: { ...config, nodePortAddresses: ['primary'] } };
}

function compileFamily({ config }: Snapshot, resolved: ResolvedFamily): NftablesFamily {
  const { family, detector, nodeIP, nodePortAddresses } = resolved;
  const base: NftablesBase = {
    family,
    detector,
    masqueradeMark: 2 ** config.nftables.masqueradeBit,
    masqueradeAll: config.nftables.masqueradeAll,
    matchAllNodePorts: nodePortAddresses.matchAll,
  };
  const { masqueradeMark } = base;
  const context: NftablesContext = { family, detector, masqueradeMark, nodeIP };
  const fragments = resolved.servicePorts.map((servicePort) =>
    compileServicePort(servicePort, context),
  );
  return { family, table: assemble(base, fragments, nodePortElements(resolved)) };
}

function nodePortElements({ nodePortAddresses: { addresses } }: ResolvedFamily): PlacedElement[] {
  return addresses
    .filter(({ isLoopback }) => !isLoopback)
    .map(({ ip }) => ({ container: 'nodePortIPs', key: [ip], origin: { reason: 'node ports' } }));
}
