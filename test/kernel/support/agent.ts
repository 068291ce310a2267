import type { Machine } from './machine.ts';
import type { Outcome, Probe } from './probe.ts';
import { startWorker } from './worker.ts';
import type { Worker, WorkerCommands } from './worker.ts';

/** The commands of agent/main.mjs: what each takes and gives back. */
interface AgentCommands extends WorkerCommands {
  serve: { takes: { addresses: readonly string[]; ports: readonly number[] }; gives: null };
  /** For addresses that came later; TCP is served at all of them. */
  serveUDP: { takes: { addresses: readonly string[]; ports: readonly number[] }; gives: null };
  probe: {
    takes: { probes: readonly Probe[]; timeoutMs: number; connectionsAtOnce: number };
    gives: readonly (readonly Outcome[])[];
  };
  /** Opens connections until `stopConnecting`: one every `everyMs` unless `atMost` wait, or as many `atOnce` without pause. */
  connect: {
    takes: {
      probes: readonly Omit<Probe, 'connections'>[];
      timeoutMs: number;
      everyMs?: number;
      atMost?: number;
      atOnce?: number;
    };
    gives: null;
  };
  stopConnecting: { takes: object; gives: readonly Connected[] };
  /** Opens a connection that lasts until `release`; gives its number. */
  hold: {
    takes: { address: string; port: number; everyMs: number; patienceMs: number };
    gives: number;
  };
  look: { takes: { connection: number }; gives: Held };
  release: { takes: { connection: number }; gives: Held };
  nft: {
    takes: { argv: readonly string[]; input: string };
    gives: { readonly output: string; readonly milliseconds: number };
  };
  forgetAffinity: { takes: object; gives: null };
}

/** What became of a connection that lasted. */
export interface Held {
  readonly requests: number;
  readonly answers: number;
  /** Milliseconds. */
  readonly slowest: number;
  readonly failures: readonly string[];
  readonly servers: readonly string[];
}

/** What became of the connections of one probe. */
export interface Connected {
  readonly connections: number;
  /** Their verdicts and times. */
  readonly failures: readonly string[];
}

/** A process that serves and opens connections in a network namespace of its own. */
export type Agent = Worker<AgentCommands>;

/** Starts an agent in a fresh network namespace. */
export async function startAgent(machine: Machine): Promise<Agent> {
  return startWorker<AgentCommands>(machine, { program: 'main.mjs' });
}
