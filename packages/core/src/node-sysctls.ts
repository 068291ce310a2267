import type { Ruleset } from './compile.ts';
import { parseDuration } from './config/duration.ts';
import type { KubeProxyConfiguration } from './config/configuration.ts';
import { behaviourOf } from './service/behaviour.ts';
import type { Sysctl } from './proxier/shared/sysctl.ts';

/** The size of conntrack's hash table, which the kernel has no sysctl to change. */
const hashSize = '/sys/module/nf_conntrack/parameters/hashsize';

/** A kernel setting by its name under /proc/sys, or by its path. */
export interface NodeSysctl extends Sysctl {
  /** More is as good. */
  readonly isLeast?: true;
}

/**
 * The kernel settings that kube-proxy writes: those of the mode, and those of conntrack. By name.
 *
 * @param cpus How many processors the node has.
 */
export function nodeSysctls(
  ruleset: Ruleset,
  { conntrack, featureGates }: KubeProxyConfiguration,
  cpus: number,
): NodeSysctl[] {
  const ofMode = [ruleset.ipv4, ruleset.ipv6].flatMap((rules) =>
    'sysctls' in rules ? rules.sysctls : [],
  );
  const { mostConnections } = behaviourOf(ruleset.release, featureGates);
  const most =
    conntrack.maxPerCore > 0
      ? Math.min(mostConnections, Math.max(conntrack.maxPerCore * cpus, conntrack.min))
      : 0;
  const ofConntrack = {
    nf_conntrack_max: most,
    nf_conntrack_tcp_timeout_established: seconds(conntrack.tcpEstablishedTimeout),
    nf_conntrack_tcp_timeout_close_wait: seconds(conntrack.tcpCloseWaitTimeout),
    nf_conntrack_tcp_be_liberal: conntrack.tcpBeLiberal ? 1 : 0,
    nf_conntrack_udp_timeout: seconds(conntrack.udpTimeout),
    nf_conntrack_udp_timeout_stream: seconds(conntrack.udpStreamTimeout),
  };
  const wanted = Object.entries(ofConntrack)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => ({ name: `net.netfilter.${name}`, value }));
  const hash: NodeSysctl = { name: hashSize, value: Math.floor(most / 4), isLeast: true };
  const all: NodeSysctl[] = [...ofMode, ...wanted, ...(most > 0 ? [hash] : [])];
  return [...new Map(all.map((sysctl) => [sysctl.name, sysctl])).values()];
}

function seconds(duration: string): number {
  return Math.floor(parseDuration(duration) ?? 0);
}
