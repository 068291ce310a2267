import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Outcome, Probe } from './probe.ts';

const MAIN = fileURLToPath(new URL('./agent/main.mjs', import.meta.url));

/** The commands of agent/main.mjs: what each takes and gives back. */
interface Commands {
  namespace: { takes: object; gives: string };
  serve: { takes: { addresses: readonly string[]; ports: readonly number[] }; gives: null };
  probe: {
    takes: { probes: readonly Probe[]; timeoutMs: number };
    gives: readonly (readonly Outcome[])[];
  };
  forgetAffinity: { takes: object; gives: null };
}

/** A process that holds a network namespace of its own; the namespace has no name and goes away with the process. */
export interface Agent {
  readonly pid: number;
  request<C extends keyof Commands>(
    command: C,
    parameters: Commands[C]['takes'],
  ): Promise<Commands[C]['gives']>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts an agent in a fresh network namespace. */
export async function startAgent(): Promise<Agent> {
  const agent = spawnAgent();
  const namespace = await agent.request('namespace', {});
  if (namespace === readlinkSync('/proc/self/ns/net')) {
    await agent.stop();
    throw new Error('The agent runs in the network namespace of the tests instead of its own.');
  }
  return agent;
}

function spawnAgent(): Agent {
  const subprocess = execa('unshare', ['--net', process.execPath, MAIN], {
    stdin: 'pipe',
    stderr: 'inherit',
    buffer: false,
    reject: false,
    forceKillAfterDelay: 2000,
  });
  const { pid } = subprocess;
  if (pid === undefined) {
    throw new Error('The agent could not be started: is unshare installed?');
  }
  const pending = new Map<number, Pending>();
  createInterface({ input: subprocess.stdout }).on('line', (line) => settle(pending, line));
  void subprocess.then(({ shortMessage }) => rejectAll(pending, shortMessage));
  let lastId = 0;
  return {
    pid,
    request: (command, parameters) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve: resolve as (result: unknown) => void, reject });
        subprocess.stdin.write(`${JSON.stringify({ ...parameters, id: lastId, command })}\n`);
      }),
    stop: async () => {
      subprocess.stdin.end();
      const timer = setTimeout(() => subprocess.kill(), 2000);
      await subprocess;
      clearTimeout(timer);
    },
  };
}

function settle(pending: Map<number, Pending>, line: string): void {
  const { id, result, error } = JSON.parse(line) as Answer;
  const waiting = pending.get(id);
  pending.delete(id);
  if (error === undefined) {
    waiting?.resolve(result);
  } else {
    waiting?.reject(new Error(`The agent failed: ${error}`));
  }
}

function rejectAll(pending: Map<number, Pending>, reason: string | undefined): void {
  for (const { reject } of pending.values()) {
    reject(new Error(`The agent ended: ${reason ?? 'its input was closed'}`));
  }
  pending.clear();
}
