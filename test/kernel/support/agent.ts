import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Outcome, Probe } from './probe.ts';
import { openRequests } from './requests.ts';
import type { Request } from './requests.ts';

const MAIN = fileURLToPath(new URL('./agent/main.mjs', import.meta.url));

/** The commands of agent/main.mjs: what each takes and gives back. */
export interface AgentCommands {
  namespace: { takes: object; gives: string };
  serve: { takes: { addresses: readonly string[]; ports: readonly number[] }; gives: null };
  probe: {
    takes: { probes: readonly Probe[]; timeoutMs: number; connectionsAtOnce: number };
    gives: readonly (readonly Outcome[])[];
  };
  /** Opens connections until `stopConnecting`: one every `everyMs`, or as many `atOnce` without pause. */
  connect: {
    takes: {
      probes: readonly Omit<Probe, 'connections'>[];
      timeoutMs: number;
      everyMs?: number;
      atOnce?: number;
    };
    gives: null;
  };
  stopConnecting: { takes: object; gives: readonly Connected[] };
  nft: {
    takes: { argv: readonly string[]; input: string };
    gives: { readonly output: string; readonly milliseconds: number };
  };
  forgetAffinity: { takes: object; gives: null };
}

/** What became of the connections of one probe. */
export interface Connected {
  readonly connections: number;
  /** Their verdicts and times. */
  readonly failures: readonly string[];
}

/** A process that holds a network namespace of its own; the namespace has no name and goes away with the process. */
export interface Agent {
  readonly pid: number;
  readonly request: Request<AgentCommands>;
  stop(): Promise<void>;
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
  const request = openRequests<AgentCommands>(
    {
      send: (line) => subprocess.stdin.write(`${line}\n`),
      receive: (onLine, onEnd) => {
        createInterface({ input: subprocess.stdout }).on('line', onLine);
        void subprocess.then(({ shortMessage }) => onEnd(shortMessage ?? 'its input was closed'));
      },
    },
    'The agent',
  );
  return {
    pid,
    request,
    stop: async () => {
      subprocess.stdin.end();
      const timer = setTimeout(() => subprocess.kill(), 2000);
      await subprocess;
      clearTimeout(timer);
    },
  };
}
