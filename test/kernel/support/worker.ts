import type { Machine } from './machine.ts';
import type { NodeProcess, NodeProgram } from './node-process.ts';
import { openRequests } from './requests.ts';
import type { CommandTable, Request } from './requests.ts';

/** A process that holds a network namespace and answers requests; the namespace has no name and goes away with it. */
export interface Worker<C extends CommandTable<C>> extends Omit<NodeProcess, 'lines'> {
  readonly request: Request<C>;
}

interface Started {
  readonly program: NodeProgram;
  /** Whose network namespace it has; a fresh one by default. */
  readonly holder?: number | undefined;
}

/** The least that each program knows. */
export interface WorkerCommands {
  namespace: { takes: object; gives: string };
}

export async function startWorker<C extends CommandTable<C> & WorkerCommands>(
  machine: Machine,
  { program, holder }: Started,
): Promise<Worker<C>> {
  const { lines, ...started } = await machine.startProcess(program, holder);
  const request = openRequests<C>(lines, `The process of ${program}`);
  if ((await request('namespace', {})) === machine.namespace) {
    await started.stop();
    throw new Error('It runs in the network namespace of the tests instead of one of the lab.');
  }
  return { ...started, request };
}
