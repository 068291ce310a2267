import type { Ruleset } from './compile.ts';
import { parseDuration } from './config/duration.ts';
import type { KubeProxyConfiguration } from './config/configuration.ts';
import type { Sysctl } from './proxier/shared/sysctl.ts';

/** kube-proxy asks for no more, since 1.35. */
const mostConnections = 1_048_576;

/**
 * The kernel settings that kube-proxy writes: those of the mode, and those of conntrack. By name.
 *
 * @param cpus How many processors the node has.
 */
export function nodeSysctls(
  ruleset: Ruleset,
  { conntrack }: KubeProxyConfiguration,
  cpus: number,
): Sysctl[] {
  const ofMode = [ruleset.ipv4, ruleset.ipv6].flatMap((rules) =>
    'sysctls' in rules ? rules.sysctls : [],
  );
  const most = Math.min(mostConnections, Math.max(conntrack.maxPerCore * cpus, conntrack.min));
  const ofConntrack = {
    nf_conntrack_max: conntrack.maxPerCore > 0 ? most : 0,
    nf_conntrack_tcp_timeout_established: seconds(conntrack.tcpEstablishedTimeout),
    nf_conntrack_tcp_timeout_close_wait: seconds(conntrack.tcpCloseWaitTimeout),
    nf_conntrack_tcp_be_liberal: conntrack.tcpBeLiberal ? 1 : 0,
    nf_conntrack_udp_timeout: seconds(conntrack.udpTimeout),
    nf_conntrack_udp_timeout_stream: seconds(conntrack.udpStreamTimeout),
  };
  const wanted = Object.entries(ofConntrack)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => ({ name: `net.netfilter.${name}`, value }));
  return [...new Map([...ofMode, ...wanted].map((sysctl) => [sysctl.name, sysctl])).values()];
}

function seconds(duration: string): number {
  return Math.floor(parseDuration(duration) ?? 0);
}
