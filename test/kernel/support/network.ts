import { startAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import type { Machine } from './machine.ts';
import { configureScript, linksScript, sysctlScript } from './network-scripts.ts';
import { PROBE_TIMEOUT_MS, parseAddressPort } from './probe.ts';
import type { Outcome, Probe } from './probe.ts';
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

/** Two nodes with three pods each and a client outside, IPv4 and IPv6, out of network namespaces; no node has rules yet. */
export interface Network {
  /** Runs a shell script in the namespace of a host and gives its standard output. */
  readonly run: (host: HostName, script: string) => Promise<string>;
  /** Opens the connections of each probe and gives their outcomes, in the order of the probes. */
  readonly probe: (
    from: HostName,
    probes: readonly Probe[],
  ) => Promise<readonly (readonly Outcome[])[]>;
  readonly agents: Agents;
  readonly stop: () => Promise<void>;
}

type Agents = Readonly<Record<HostName, Agent>>;

/**
 * Starts a network whose router runs the script `watchArrivals`. Nothing of it has a name outside this process, and it
 * ends with this process at the latest.
 */
export async function startNetwork(machine: Machine, watchArrivals: string): Promise<Network> {
  const agents = await startAgents(machine);
  const network: Network = {
    run: (host, script) => machine.runInNamespaceOf(agents[host].pid, script),
    probe: (from, probes) =>
      agents[from].request('probe', {
        probes,
        timeoutMs: PROBE_TIMEOUT_MS,
        connectionsAtOnce: machine.connectionsAtOnce,
      }),
    agents,
    stop: async () => {
      await Promise.all(Object.values(agents).map((agent) => agent.stop()));
    },
  };
  try {
    await connectHosts(network);
    await network.run('lan', watchArrivals);
    await startServers(agents);
    await waitForLinks(agents);
  } catch (error) {
    await network.stop();
    throw error;
  }
  return network;
}

async function startAgents(machine: Machine): Promise<Agents> {
  const started = await Promise.allSettled(
    HOSTS.map(async (host) => [host, await startAgent(machine)] as const),
  );
  const agents = started.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
  const failure = started.find((one) => one.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(agents.map(([, agent]) => agent.stop()));
    throw failure.reason;
  }
  return Object.fromEntries(agents) as Agents;
}

async function connectHosts({ agents, run }: Network): Promise<void> {
  await Promise.all(HOSTS.map((host) => run(host, sysctlScript(host))));
  const pids = Object.fromEntries(HOSTS.map((host) => [host, agents[host].pid])) as Record<
    HostName,
    number
  >;
  await run('lan', linksScript(pids));
  await Promise.all(HOSTS.map((host) => run(host, configureScript(host))));
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
    const [outcomes] = await agent.request('probe', {
      probes: [probe],
      timeoutMs: 50,
      connectionsAtOnce: 1,
    });
    if (outcomes?.[0]?.verdict === 'delivered') return;
  }
  throw new Error(`Nothing answers at ${to} in the lab.`);
}

function nodeAddresses(node: (typeof NODES)[number]): readonly string[] {
  const own = [...bareAddresses(LAN[node]), ...bareAddresses(BRIDGES[node])];
  return ['127.0.0.1', '::1', ...own.filter((address) => !address.startsWith('fe80:'))];
}
