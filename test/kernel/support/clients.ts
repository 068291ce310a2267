import type { Connected } from './agent.ts';
import { PORTS, clusterIPs, nodePort } from './model-cluster.ts';
import { ipBatch } from './network-scripts.ts';
import type { Network } from './network.ts';
import { parseAddressPort } from './probe.ts';
import { LAN, primaryAddresses } from './topology.ts';
import type { HostName } from './topology.ts';

/** Below the second after which a client repeats what was lost, with the grace of the agent: nothing may be lost. */
const TIMEOUT_MS = 600;

/** Which addresses each host calls without end: those of the Services with the ids. */
export function clientsOf(plain: number, sticky: number): Readonly<Record<string, string[]>> {
  const plainIPs = clusterIPs(plain);
  const stickyIPs = clusterIPs(sticky);
  const { IPv4, IPv6 } = primaryAddresses(LAN.node1);
  return {
    p1: [
      `${plainIPs.IPv4}:${PORTS.TCP}/tcp`,
      `[${plainIPs.IPv6}]:${PORTS.TCP}/tcp`,
      `${plainIPs.IPv4}:${PORTS.UDP}/udp`,
      `${stickyIPs.IPv4}:${PORTS.TCP}/tcp`,
    ],
    ext: [
      `${IPv4}:${nodePort(plain, 'TCP')}/tcp`,
      `[${IPv6}]:${nodePort(sticky, 'TCP')}/tcp`,
      `[${stickyIPs.IPv6}]:${PORTS.TCP}/tcp`,
    ],
  };
}

/** Connects from each host to its addresses while the task runs, and gives what became of that by host and address. */
export async function whileConnecting(
  { agents }: Network,
  pace: ({ readonly everyMs: number } | { readonly atOnce: number }) & {
    readonly timeoutMs?: number;
  },
  { clients, task }: { clients: Readonly<Record<string, string[]>>; task: () => Promise<void> },
): Promise<Readonly<Record<string, Connected>>> {
  const hosts = Object.entries(clients).map(
    ([host, targets]) => [host as HostName, targets] as const,
  );
  const stop = () =>
    Promise.all(
      hosts.map(async ([host, targets]) => {
        const results = await agents[host].request('stopConnecting', {});
        return results.map((result, index) => [`${host} → ${targets[index]}`, result] as const);
      }),
    );
  for (const [host, targets] of hosts) {
    const probes = targets.map(parseAddressPort);
    await agents[host].request('connect', { timeoutMs: TIMEOUT_MS, probes, ...pace });
  }
  try {
    await task();
  } catch (error) {
    await stop();
    throw error;
  }
  return Object.fromEntries((await stop()).flat());
}

/** Sixty more addresses of each family for the host outside. */
const SOURCES = Array.from({ length: 60 }, (_, index) => 101 + index).flatMap((host) => [
  `192.0.2.${host}`,
  `2001:db8:1::1:${host}`,
]);

export async function addSources({ run }: Network): Promise<void> {
  const addresses = SOURCES.map((source) =>
    source.includes(':') ? `${source}/64 dev eth0 nodad` : `${source}/24 dev eth0`,
  );
  await run('ext', ipBatch(addresses.map((address) => `addr add ${address}`)));
  const neighbours = SOURCES.map(
    (source) => `neigh replace ${source} lladdr ${LAN.ext.mac} dev eth0 nud permanent`,
  );
  await run('node1', ipBatch(neighbours));
}

/** The endpoint that each of the sources gets of the Service, by source. */
export async function endpointsOfSources(
  { probe }: Network,
  id: number,
): Promise<ReadonlyMap<string, string>> {
  const { IPv4, IPv6 } = clusterIPs(id);
  const outcomes = await probe(
    'ext',
    SOURCES.map((source) => ({
      protocol: 'tcp',
      address: source.includes(':') ? IPv6 : IPv4,
      port: PORTS.TCP,
      source,
      connections: 1,
    })),
  );
  return new Map(
    SOURCES.map((source, index) => {
      const { verdict, destination } = outcomes[index]?.[0] ?? { verdict: 'nothing' };
      return [source, destination ?? verdict];
    }),
  );
}
