import type { Backend } from './backend.ts';
import type { Documents } from './documents.ts';
import { thisMachine } from './machine.ts';
import { hereDocument } from './namespace.ts';
import { startNetwork } from './network.ts';
import type { Network } from './network.ts';
import {
  forgetArrivalsScript,
  listArrivalsScript,
  readArrivals,
  watchArrivalsScript,
} from './router.ts';
import type { Arrival } from './router.ts';
import { writeSysctls } from './sysctls.ts';

/** A network whose node1 has rules. */
export interface Cluster extends Pick<Network, 'probe' | 'stop'> {
  /** Forgets which client was sent to which endpoint; absent where only a load does that. */
  readonly forgetAffinity?: () => Promise<void>;
  /** What came to the router since the last load: packets that no rule of node1 sent elsewhere or stopped. */
  arrivals(): Promise<readonly Arrival[]>;
}

export interface IptablesCluster extends Required<Cluster> {
  readonly network: Network;
  /** Replaces the rules of node1 by documents of the form `save`, and forgets all connections. */
  load(documents: Documents, backend: Backend): Promise<void>;
}

/** Starts a cluster on this machine. */
export async function startCluster(): Promise<IptablesCluster> {
  const network = await startNetwork(thisMachine, watchArrivalsScript);
  const { run, probe, agents, stop } = network;
  return {
    network,
    load: async (documents, backend) => {
      await run('node1', loadScript(documents, backend));
      await run('lan', forgetArrivalsScript);
    },
    probe,
    forgetAffinity: async () => {
      await agents.node1.request('forgetAffinity', {});
    },
    arrivals: async () => readArrivals(await run('lan', listArrivalsScript)),
    stop,
  };
}

// route_localnet is what a ruleset may set; each load starts without it.
function loadScript(documents: Documents, backend: Backend): string {
  return [
    'echo 0 >/proc/sys/net/ipv4/conf/all/route_localnet\n',
    writeSysctls(`${documents['ipv4.sysctl']}${documents['ipv6.sysctl']}`),
    `iptables-${backend}-restore ${hereDocument(documents['ipv4.iptables'])}`,
    `ip6tables-${backend}-restore ${hereDocument(documents['ipv6.iptables'])}`,
    'conntrack -F 2>/dev/null\n',
  ].join('');
}
