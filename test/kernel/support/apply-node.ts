import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Layout, Mode, NodePlan, Snapshot } from '@kube-rules/core';
import { execa } from 'execa';
import type { Backend } from './backend.ts';
import { openRequests } from './requests.ts';
import type { Request } from './requests.ts';

const AGENT = fileURLToPath(new URL('./agent/apply.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../../packages/cli/bin/kube-rules.js', import.meta.url));

/** How a node is to have its rules. */
export interface Variant {
  readonly mode: Mode;
  readonly backend?: Backend;
  readonly layout?: Layout;
}

/** What a node is to have: one of the two ways to write a snapshot. */
interface Wanted extends Variant {
  readonly text?: string;
  readonly objects?: Snapshot;
  /** Leaves out the look at what became of it. */
  readonly unchecked?: boolean;
}

/** What became of a change. */
interface Changed {
  /** The kinds of the plan's operations. */
  readonly kinds: readonly string[];
  /** Of reading, planning and applying. */
  readonly milliseconds: number;
  /** The error, what the audit finds, and what would be planned again. */
  readonly problems: readonly string[];
  /** The rules of others with their counters. */
  readonly foreign: string;
}

interface ApplyCommands {
  namespace: { takes: object; gives: string };
  change: { takes: Wanted; gives: Changed };
  plan: { takes: Partial<Wanted>; gives: NodePlan };
  apply: { takes: { plan: NodePlan }; gives: string | null };
  foreign: { takes: object; gives: string };
  run: { takes: { script: string }; gives: string };
}

export interface CommandOutcome {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface CommandOptions {
  /** A folder of programs that come before those of the machine. */
  readonly programs?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A process that changes the rules of a network namespace; it ends with this one at the latest. */
export interface ApplyNode {
  readonly pid: number;
  readonly request: Request<ApplyCommands>;
  /** Runs a shell script there. */
  run(script: string): Promise<string>;
  /** Runs the command `kube-rules` there. */
  cli(args: readonly string[], options?: CommandOptions): Promise<CommandOutcome>;
  /** Ends it at once, and gives the end. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a process in a fresh network namespace, or in that of the process `holder`. */
export async function startApplyNode(holder?: number): Promise<ApplyNode> {
  const node = spawnNode(holder);
  const namespace = await node.request('namespace', {});
  if (namespace === readlinkSync('/proc/self/ns/net')) {
    await node.stop();
    throw new Error('It runs in the network namespace of the tests instead of one of the lab.');
  }
  return node;
}

// The programs take the place of each other, so that the first one's number is the last one's.
function spawnNode(holder: number | undefined): ApplyNode {
  const enter =
    holder === undefined
      ? ['unshare', '--net', '--mount']
      : ['nsenter', `--net=/proc/${holder}/ns/net`, 'unshare', '--mount'];
  const [program = '', ...args] = enter;
  const script = `mount -t tmpfs tmpfs /run && exec '${process.execPath}' '${AGENT}'`;
  const subprocess = execa(program, [...args, 'sh', '-c', script], {
    stdin: 'pipe',
    stderr: 'inherit',
    buffer: false,
    reject: false,
    forceKillAfterDelay: 2000,
  });
  const { pid } = subprocess;
  if (pid === undefined) throw new Error('It could not be started: is unshare installed?');
  subprocess.stdin.on('error', () => {});
  const request = openRequests<ApplyCommands>(
    {
      send: (line) => subprocess.stdin.write(`${line}\n`),
      receive: (onLine, onEnd) => {
        createInterface({ input: subprocess.stdout }).on('line', onLine);
        void subprocess.then(({ shortMessage }) => onEnd(shortMessage ?? 'its input was closed'));
      },
    },
    'The node',
  );
  return {
    pid,
    request,
    run: (script) => request('run', { script }),
    cli: (args, options) => runCLI(pid, args, options),
    kill: async () => {
      subprocess.kill('SIGKILL');
      await subprocess;
    },
    stop: async () => {
      subprocess.stdin.end();
      const timer = setTimeout(() => subprocess.kill(), 2000);
      await subprocess;
      clearTimeout(timer);
    },
  };
}

async function runCLI(
  pid: number,
  args: readonly string[],
  { programs, env = {}, input = '' }: CommandOptions = {},
): Promise<CommandOutcome> {
  const path = process.env['PATH'] ?? '';
  const enter = [`--net=/proc/${pid}/ns/net`, `--mount=/proc/${pid}/ns/mnt`];
  const { exitCode, stdout, stderr } = await execa(
    'nsenter',
    [...enter, process.execPath, CLI, ...args],
    {
      input,
      reject: false,
      env: { ...env, PATH: programs === undefined ? path : `${programs}:${path}` },
    },
  );
  return { status: exitCode, stdout, stderr };
}
