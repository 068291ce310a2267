import type { Connected, Held } from './agent.ts';
import { whileConnecting } from './clients.ts';
import { holdConnection } from './held-connection.ts';
import { PORTS } from './model-cluster.ts';
import type { Network } from './network.ts';
import type { HostName } from './topology.ts';

/** Milliseconds between two connections of a client. */
export const EVERY_MS = 10;

interface Watch {
  /** The addresses that hosts call without end. */
  readonly clients: Readonly<Record<string, string[]>>;
  /** From where a connection lasts, and to which address. */
  readonly lasting: { readonly from: HostName; readonly address: string };
  /** How long a connection may take. */
  readonly timeoutMs?: number;
}

/** What became of connections. */
export interface Watched {
  readonly connected: Readonly<Record<string, Connected>>;
  readonly held: Held;
  readonly failures: readonly string[];
  readonly milliseconds: number;
}

/** Opens connections while a task runs: one that lasts, and new ones all the time. */
export async function watchConnections(
  network: Network,
  { clients, lasting, timeoutMs }: Watch,
  task: () => Promise<void>,
): Promise<Watched> {
  const agent = network.agents[lasting.from];
  const { release } = await holdConnection(agent, lasting.address, PORTS.TCP);
  const begin = Date.now();
  const pace = { everyMs: EVERY_MS, ...(timeoutMs !== undefined && { timeoutMs }) };
  const connected = await whileConnecting(network, pace, { clients, task });
  const milliseconds = Date.now() - begin;
  const held = await release();
  const failures = Object.entries(connected).flatMap(([client, one]) =>
    one.failures.map((failure) => `${client}: ${failure}`),
  );
  const ofHeld = held.failures.map((failure) => `long-lived: ${failure}`);
  return { connected, held, failures: [...failures, ...ofHeld], milliseconds };
}

/** Prints what became of the connections. */
export function reportWatched(what: string, watched: Watched): void {
  const { connected, held, failures, milliseconds } = watched;
  const counts = Object.values(connected).map(({ connections }) => connections);
  console.info(
    `${what} in ${(milliseconds / 1000).toFixed(1)} s: ${counts.join(' + ')} connections, ` +
      `${held.answers} answers on one that lasts (slowest ${held.slowest} ms); ` +
      `${failures.length} failures${failures.map((failure) => `\n  ${failure}`).join('')}`,
  );
}
