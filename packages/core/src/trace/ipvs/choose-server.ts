import type { RealServer } from './index-servers.ts';

/** A real server, and how likely the scheduler takes it for a new client. */
export interface Choice {
  readonly server: RealServer;
  readonly probability: number;
}

/** Schedulers for which a weight only says whether a server is used. */
const byEqualShares = new Set(['rr', 'lc', 'dh', 'lblc']);

/** Schedulers that take the server with the highest weight. */
const byHighest = new Set(['fo', 'ovf']);

/** What a scheduler may choose when all servers are equally busy. Those of weight 0 get no new clients. */
export function chooseServer(scheduler: string, servers: readonly RealServer[]): Choice[] {
  const used = servers.filter(({ weight }) => weight > 0);
  if (byHighest.has(scheduler)) {
    const highest = Math.max(...used.map(({ weight }) => weight));
    return used
      .filter(({ weight }) => weight === highest)
      .slice(0, 1)
      .map((server) => ({ server, probability: 1 }));
  }
  const share = ({ weight }: RealServer): number => (byEqualShares.has(scheduler) ? 1 : weight);
  const sum = used.reduce((total, server) => total + share(server), 0);
  return used.map((server) => ({ server, probability: share(server) / sum }));
}
