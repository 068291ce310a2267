import { behaviourOf, type Behaviour } from '../../service/behaviour.ts';
import type { Release } from '../../service/release.ts';
import { resolveFamily, type ResolvedFamily } from '../../service/resolve-family.ts';
import { findEmptyNodePortAddresses } from '../../service/find-empty-node-port-addresses.ts';
import { summarize } from '../../service/summary.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { assemble } from './assemble.ts';
import type { IptablesBase } from './base.ts';
import { compileServicePort } from './compile-service-port.ts';
import type { IptablesContext } from './context.ts';
import { iptablesJumps } from './jumps.ts';
import type { IptablesFamily, IptablesRuleset } from './ruleset.ts';

const liberalSysctl = 'net.netfilter.nf_conntrack_tcp_be_liberal';

/** The rules that kube-proxy programs in iptables mode, for both families. */
export function compileIptables(snapshot: Snapshot, release: Release): IptablesRuleset {
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  const ipv4 = resolveFamily(snapshot, 'IPv4', behaviour);
  const ipv6 = resolveFamily(snapshot, 'IPv6', behaviour);
  return {
    mode: 'iptables',
    release,
    nodeName: snapshot.nodeName,
    summary: summarize([ipv4, ipv6]),
    ipv4: compileFamily(snapshot, ipv4, behaviour),
    ipv6: compileFamily(snapshot, ipv6, behaviour),
    diagnostics: findEmptyNodePortAddresses([ipv4, ipv6]),
  };
}

function compileFamily(
  snapshot: Snapshot,
  resolved: ResolvedFamily,
  behaviour: Behaviour,
): IptablesFamily {
  const base = baseOf(snapshot, resolved, behaviour);
  const context: IptablesContext = {
    masqueradeAll: snapshot.config.iptables.masqueradeAll,
    detector: resolved.detector,
    isLargeCluster: resolved.isLargeCluster,
    nodeIP: resolved.nodeIP,
    countsLocalhostNodePorts: base.localhostNodePorts && base.countsInvalid,
  };
  const fragments = resolved.servicePorts.map((servicePort) =>
    compileServicePort(servicePort, context),
  );
  const sysctls = base.localhostNodePorts
    ? [{ name: 'net.ipv4.conf.all.route_localnet', value: 1 }]
    : [];
  return {
    family: resolved.family,
    jumps: iptablesJumps,
    document: assemble(base, fragments),
    sysctls,
  };
}

function baseOf(
  { config, nodeState }: Snapshot,
  resolved: ResolvedFamily,
  behaviour: Behaviour,
): IptablesBase {
  const { family, nodePortAddresses } = resolved;
  const isLiberal =
    config.conntrack.tcpBeLiberal || (nodeState.sysctls?.[liberalSysctl] ?? 0) !== 0;
  return {
    family,
    masqueradeMark: 2 ** config.iptables.masqueradeBit,
    randomFully: nodeState.iptables?.randomFully ?? true,
    localhostNodePorts:
      family === 'IPv4' && config.iptables.localhostNodePorts && nodePortAddresses.containsLoopback,
    dropsInvalid: !isLiberal,
    countsInvalid: behaviour.nfacct && (nodeState.iptables?.nfacct ?? false),
    nodePortAddresses,
  };
}
