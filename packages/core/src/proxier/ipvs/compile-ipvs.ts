import { parseDuration } from '../../config/duration.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { ConnectionTimeouts } from '../../ruleset/ipvs/index.ts';
import { behaviourOf } from '../../service/behaviour.ts';
import { interfaceAddresses } from '../../service/interface-addresses.ts';
import { dummyInterface, resolveNodePortIPs } from '../../service/node-port-ips.ts';
import type { Release } from '../../service/release.ts';
import { resolveFamily, type ResolvedFamily } from '../../service/resolve-family.ts';
import { summarize } from '../../service/summary.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Sysctl } from '../shared/sysctl.ts';
import { assemble } from './assemble.ts';
import type { IpvsBase } from './base.ts';
import { compileServicePort } from './compile-service-port.ts';
import type { IpvsContext } from './context.ts';
import { findIpvsProblems } from './find-ipvs-problems.ts';
import { ipvsJumps } from './jumps.ts';
import type { IpvsFamily, IpvsRuleset } from './ruleset.ts';

const defaultScheduler = 'rr';

/** What kube-proxy programs in ipvs mode, for both families. */
export function compileIpvs(snapshot: Snapshot, release: Release): IpvsRuleset {
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  const resolved = [
    resolveFamily(snapshot, 'IPv4', behaviour),
    resolveFamily(snapshot, 'IPv6', behaviour),
  ] as const;
  const timeouts = timeoutsOf(snapshot);
  const [ipv4, ipv6] = [compileFamily(snapshot, resolved[0]), compileFamily(snapshot, resolved[1])];
  return {
    mode: 'ipvs',
    release,
    nodeName: snapshot.nodeName,
    summary: summarize(resolved),
    ...(timeouts && { timeouts }),
    excludeCIDRs: snapshot.config.ipvs.excludeCIDRs,
    ipv4,
    ipv6,
    diagnostics: findIpvsProblems(snapshot, { resolved, families: [ipv4, ipv6], release }),
  };
}

function compileFamily(snapshot: Snapshot, resolved: ResolvedFamily): IpvsFamily {
  const { config, nodeState } = snapshot;
  const { family, detector, nodeIP } = resolved;
  const base: IpvsBase = {
    family,
    detector,
    masqueradeMark: 2 ** config.iptables.masqueradeBit,
    masqueradeAll: config.iptables.masqueradeAll,
    randomFully: nodeState.iptables?.randomFully ?? true,
  };
  const context: IpvsContext = {
    scheduler: config.ipvs.scheduler === '' ? defaultScheduler : config.ipvs.scheduler,
    nodeIP,
    nodePortIPs: resolveNodePortIPs(snapshot, family, resolved.nodePortAddresses),
    interfaceIPs: new Set(interfaceAddresses(snapshot, dummyInterface).map(printIP)),
  };
  const fragments = resolved.servicePorts.map((servicePort) =>
    compileServicePort(servicePort, context),
  );
  return { family, jumps: ipvsJumps, ...assemble(base, fragments), sysctls: sysctlsOf(snapshot) };
}

function sysctlsOf({ config }: Snapshot): Sysctl[] {
  const strictARP = [
    { name: 'net.ipv4.conf.all.arp_announce', value: 2 },
    { name: 'net.ipv4.conf.all.arp_ignore', value: 1 },
  ];
  return [
    ...(config.ipvs.strictARP ? strictARP : []),
    { name: 'net.ipv4.ip_forward', value: 1 },
    { name: 'net.ipv4.vs.conntrack', value: 1 },
    { name: 'net.ipv4.vs.expire_nodest_conn', value: 1 },
    { name: 'net.ipv4.vs.expire_quiescent_template', value: 1 },
  ];
}

/** Set together if any is set; the kernel keeps its value where one is 0. */
function timeoutsOf({ config: { ipvs } }: Snapshot): ConnectionTimeouts | undefined {
  const timeouts = {
    tcp: secondsOf(ipvs.tcpTimeout),
    tcpFin: secondsOf(ipvs.tcpFinTimeout),
    udp: secondsOf(ipvs.udpTimeout),
  };
  return Object.values(timeouts).some((value) => value > 0) ? timeouts : undefined;
}

function secondsOf(duration: string): number {
  return Math.trunc(parseDuration(duration) ?? 0);
}
