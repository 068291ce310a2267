import { startAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import { runInFreshNamespace, runInNamespaceOf } from './namespace.ts';

/** A kernel in which namespaces can be made: this machine's own, or that of a guest on it. */
export interface Machine {
  /** How many connections a client may have open at once: few enough to be served long before any of them times out. */
  readonly connectionsAtOnce: number;
  /** Starts a process that holds a fresh network namespace. */
  startAgent(): Promise<Agent>;
  /** Runs a shell script in a network namespace of its own, which ends with it, and gives its standard output. */
  runInFreshNamespace(script: string): Promise<string>;
  /** Runs a shell script in the network namespace that the process `pid` holds and gives its standard output. */
  runInNamespaceOf(pid: number, script: string): Promise<string>;
}

export const thisMachine: Machine = {
  connectionsAtOnce: 256,
  startAgent,
  runInFreshNamespace,
  runInNamespaceOf,
};
