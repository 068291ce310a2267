import type { DumpFiles, Layout, Mode, TraceEnvironment } from '@kube-rules/core';
import { startCluster } from './cluster.ts';
import type { IptablesCluster } from './cluster.ts';
import { compileDocuments } from './documents.ts';
import { iptablesDumps, printDumpsScript, readDumpFiles } from './live-dumps.ts';
import { addNamedEndpoints } from './named-clusters.ts';
import { startNftablesCluster } from './nftables-cluster.ts';
import { compileNftables, printNftablesDocuments } from './nftables-documents.ts';
import { LAN, PODS, POD_NETWORKS, primaryAddresses } from './topology.ts';
import { watchHosts } from './watch-hosts.ts';

/** How node1 has its rules. */
export interface TraceVariant {
  readonly title: string;
  readonly mode: Exclude<Mode, 'ipvs'>;
  readonly layout: Layout;
}

/** A cluster in which is looked for what was traced. */
export interface TraceCluster extends Pick<
  IptablesCluster,
  'network' | 'probe' | 'forgetAffinity' | 'stop'
> {
  /** Gives node1 the rules of a snapshot. */
  readonly load: (snapshotText: string) => Promise<void>;
  /** What the tools of node1 print of its rules, addresses and settings. */
  readonly dump: () => Promise<DumpFiles>;
}

export const TRACE_VARIANTS: readonly TraceVariant[] = [
  { title: 'iptables mode', mode: 'iptables', layout: 'kube-proxy' },
  { title: 'nftables mode, layout kube-proxy', mode: 'nftables', layout: 'kube-proxy' },
  { title: 'nftables mode, layout fast', mode: 'nftables', layout: 'fast' },
];

/** What node1's dumps do not tell of it: its main addresses, its routes, the ports of its bridge. */
export const AROUND_NODE1: TraceEnvironment = {
  nodeIPs: primaryAddresses(LAN.node1),
  routes: ['0.0.0.0/0', '::/0', '10.244.3.0/24', ...POD_NETWORKS.node2].map((destination) => ({
    destination,
    interface: 'eth0',
  })),
  interfaces: PODS.filter((pod) => pod.startsWith('p')).map((pod) => ({
    name: `v-${pod}`,
    addresses: [],
    bridge: 'cni0',
  })),
};

const ROUTE_LOCALNET = 'net.ipv4.conf.all.route_localnet';

const SURROUNDINGS = {
  'ip-addr.json': 'ip -json addr',
  'ipv4.sysctl': `echo "${ROUTE_LOCALNET} = $(cat /proc/sys/${ROUTE_LOCALNET.replaceAll('.', '/')})"`,
} as const;

/** Starts one on this machine, with the endpoints of the named clusters. */
export async function startTraceCluster({ mode, layout }: TraceVariant): Promise<TraceCluster> {
  const cluster = await (mode === 'iptables' ? startIptables() : startNftables(layout));
  try {
    await addNamedEndpoints(cluster.network);
    await watchHosts(cluster.network);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

async function startIptables(): Promise<TraceCluster> {
  const cluster = await startCluster();
  const script = printDumpsScript({ ...iptablesDumps('nft'), ...SURROUNDINGS });
  return {
    ...cluster,
    load: (text) => cluster.load(compileDocuments(text, 'save'), 'nft'),
    dump: async () => readDumpFiles(await cluster.network.run('node1', script)),
  };
}

async function startNftables(layout: Layout): Promise<TraceCluster> {
  const cluster = await startNftablesCluster();
  const script = printDumpsScript({ 'nft-list': 'nft list ruleset', ...SURROUNDINGS });
  return {
    ...cluster,
    load: (text) => cluster.load(printNftablesDocuments(compileNftables(text, layout), 'script')),
    dump: async () => readDumpFiles(await cluster.network.run('node1', script)),
  };
}
