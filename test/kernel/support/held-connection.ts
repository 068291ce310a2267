import type { Agent, Held } from './agent.ts';

const EVERY_MS = 10;
const PATIENCE_MS = 2000;

/** A connection that lasts. */
export interface Holding {
  /** What became of it so far. */
  readonly look: () => Promise<Held>;
  /** Ends and judges it. */
  readonly release: () => Promise<Held>;
}

/** Opens a connection from where the agent is. */
export async function holdConnection(
  { request }: Agent,
  address: string,
  port: number,
): Promise<Holding> {
  const pace = { everyMs: EVERY_MS, patienceMs: PATIENCE_MS };
  const connection = await request('hold', { address, port, ...pace });
  return {
    look: () => request('look', { connection }),
    release: () => request('release', { connection }),
  };
}
