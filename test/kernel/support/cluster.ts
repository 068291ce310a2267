import { startAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import type { Backend } from './backend.ts';
import type { Documents } from './documents.ts';
import { hereDocument, runInNamespaceOf } from './namespace.ts';
import { configureScript, linksScript, sysctlScript } from './network-scripts.ts';
import { PROBE_TIMEOUT_MS, parseAddressPort } from './probe.ts';
import type { Outcome, Probe } from './probe.ts';
import {
  forgetArrivalsScript,
  listArrivalsScript,
  readArrivals,
  watchArrivalsScript,
} from './router.ts';
import type { Arrival } from './router.ts';
import {
  BRIDGES,
  HOSTS,
  LAN,
  NODES,
  NODE_PORTS,
  PODS,
  POD_INTERFACES,
  POD_PORTS,
  bareAddresses,
  primaryAddresses,
} from './topology.ts';
import type { HostName } from './topology.ts';

/** Two nodes with three pods each and a client outside, IPv4 and IPv6, out of network namespaces. */
export interface Cluster {
  /** Replaces the rules of node1 by documents of the form `save`, and forgets all connections. */
  load(documents: Documents, backend: Backend): Promise<void>;
  /** Opens the connections of each probe and gives their outcomes, in the order of the probes. */
  probe(from: HostName, probes: readonly Probe[]): Promise<readonly (readonly Outcome[])[]>;
  /** Forgets which client was sent to which endpoint. */
  forgetAffinity(): Promise<void>;
  /** What came to the router since the last load: packets that no rule of node1 sent elsewhere or stopped. */
  arrivals(): Promise<readonly Arrival[]>;
  stop(): Promise<void>;
}

type Run = (host: HostName, script: string) => Promise<string>;

type Agents = Readonly<Record<HostName, Agent>>;

/** Starts a cluster; nothing of it has a name outside this process, and it ends with this process at the latest. */
export async function startCluster(): Promise<Cluster> {
  const agents = await startAgents();
  const run = (host: HostName, script: string): Promise<string> =>
    runInNamespaceOf(agents[host].pid, script);
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(agents).map((agent) => agent.stop()));
  };
  try {
    await connectHosts(agents, run);
    await startServers(agents);
    await waitForLinks(agents);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    load: async (documents, backend) => {
      await run('node1', loadScript(documents, backend));
      await run('lan', forgetArrivalsScript);
    },
    probe: (from, probes) => agents[from].request('probe', { probes, timeoutMs: PROBE_TIMEOUT_MS }),
    forgetAffinity: async () => {
      await agents.node1.request('forgetAffinity', {});
    },
    arrivals: async () => readArrivals(await run('lan', listArrivalsScript)),
    stop,
  };
}

async function startAgents(): Promise<Agents> {
  const started = await Promise.allSettled(
    HOSTS.map(async (host) => [host, await startAgent()] as const),
  );
  const agents = started.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
  const failure = started.find((one) => one.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(agents.map(([, agent]) => agent.stop()));
    throw failure.reason;
  }
  return Object.fromEntries(agents) as Agents;
}

async function connectHosts(agents: Agents, run: Run): Promise<void> {
  await Promise.all(HOSTS.map((host) => run(host, sysctlScript(host))));
  const pids = Object.fromEntries(HOSTS.map((host) => [host, agents[host].pid])) as Record<
    HostName,
    number
  >;
  await run('lan', linksScript(pids));
  await Promise.all(HOSTS.map((host) => run(host, configureScript(host))));
  await run('lan', watchArrivalsScript);
}

async function startServers(agents: Agents): Promise<void> {
  await Promise.all([
    ...PODS.map((pod) =>
      agents[pod].request('serve', {
        addresses: bareAddresses(POD_INTERFACES[pod]),
        ports: POD_PORTS,
      }),
    ),
    ...NODES.map((node) =>
      agents[node].request('serve', { addresses: nodeAddresses(node), ports: NODE_PORTS }),
    ),
  ]);
}

// A bridge forwards to a new port only once the kernel has looked at its carrier, which may take a second.
async function waitForLinks(agents: Agents): Promise<void> {
  const paths: readonly (readonly [from: HostName, to: string])[] = [
    ...PODS.flatMap((from) =>
      PODS.map((to) => [from, `${primaryAddresses(POD_INTERFACES[to]).IPv4}:8080/udp`] as const),
    ),
    ['ext', `${primaryAddresses(LAN.node1).IPv4}:10250/udp`],
  ];
  await Promise.all(paths.map(([from, to]) => waitForAnswer(agents[from], to)));
}

async function waitForAnswer(agent: Agent, to: string): Promise<void> {
  const probe = { ...parseAddressPort(to), connections: 1 };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const [outcomes] = await agent.request('probe', { probes: [probe], timeoutMs: 50 });
    if (outcomes?.[0]?.verdict === 'delivered') return;
  }
  throw new Error(`Nothing answers at ${to} in the lab.`);
}

function nodeAddresses(node: (typeof NODES)[number]): readonly string[] {
  const own = [...bareAddresses(LAN[node]), ...bareAddresses(BRIDGES[node])];
  return ['127.0.0.1', '::1', ...own.filter((address) => !address.startsWith('fe80:'))];
}

// route_localnet is what a ruleset may set; each load starts without it.
function loadScript(documents: Documents, backend: Backend): string {
  const sysctls = `${documents['ipv4.sysctl']}${documents['ipv6.sysctl']}`
    .split('\n')
    .filter((line) => line !== '');
  return [
    'echo 0 >/proc/sys/net/ipv4/conf/all/route_localnet\n',
    ...sysctls.map(writeSysctl),
    `iptables-${backend}-restore ${hereDocument(documents['ipv4.iptables'])}`,
    `ip6tables-${backend}-restore ${hereDocument(documents['ipv6.iptables'])}`,
    'conntrack -F 2>/dev/null\n',
  ].join('');
}

function writeSysctl(line: string): string {
  const [name = '', value = ''] = line.split(' = ');
  return `echo ${value} >/proc/sys/${name.replaceAll('.', '/')}\n`;
}
