import type { Network } from './network.ts';
import { listArrivalsScript, readArrivals, watchArrivalsScript } from './router.ts';
import { parseAddressPort } from './probe.ts';
import { PODS } from './topology.ts';

/** Where packets may end that no rule of node1 stops, and that need not be answered. */
const WATCHED = ['lan', 'ext', ...PODS] as const;

/** Clients call from higher ones: what comes to these is an answer. */
const LAST_SERVED_PORT = 32_767;

/** Makes all hosts but the nodes remember what arrives at them; the router does already. */
export async function watchHosts({ run }: Network): Promise<void> {
  const others = WATCHED.filter((host) => host !== 'lan');
  await Promise.all(others.map((host) => run(host, watchArrivalsScript)));
}

export async function forgetHosts({ agents }: Network): Promise<void> {
  const input = ['ipv4', 'ipv6'].map((set) => `flush set inet arrivals ${set}\n`).join('');
  await Promise.all(
    WATCHED.map((host) => agents[host].request('nft', { argv: ['-f', '-'], input })),
  );
}

/** What arrived at the hosts, as `printArrival` prints it. */
export async function arrivedAtHosts({ agents }: Network): Promise<ReadonlySet<string>> {
  const argv = listArrivalsScript.trim().split(' ').slice(1);
  const listed = await Promise.all(
    WATCHED.map((host) => agents[host].request('nft', { argv, input: '' })),
  );
  const arrivals = listed.flatMap(({ output }) => readArrivals(output));
  const requests = arrivals.filter(({ to }) => parseAddressPort(to).port <= LAST_SERVED_PORT);
  return new Set(requests.map(({ source, to }) => `${source} → ${to}`));
}
