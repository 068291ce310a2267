import { readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { runInFreshNamespace, runInNamespaceOf } from './namespace.ts';
import { startNodeProcess } from './node-process.ts';
import type { NodeProcess, NodeProgram } from './node-process.ts';

/** What became of a program. */
export interface CommandOutcome {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A kernel in which namespaces can be made: this machine's own, or that of a guest on it. */
export interface Machine {
  /** How many connections a client may have open at once: few enough to be served long before any of them times out. */
  readonly connectionsAtOnce: number;
  /** Its own network namespace, in which nothing may be changed. */
  readonly namespace: string;
  /** A folder that its programs can write to, and so can this process. */
  readonly folder: string;
  /** Starts a process in a fresh network namespace, or in that of the process `holder`. */
  startProcess(program: NodeProgram, holder?: number): Promise<NodeProcess>;
  /** Runs a shell script in a network namespace of its own, which ends with it, and gives its standard output. */
  runInFreshNamespace(script: string): Promise<string>;
  /** Runs a shell script in the network namespace that the process `pid` holds and gives its standard output. */
  runInNamespaceOf(pid: number, script: string): Promise<string>;
  /** Runs a program in the network and mount namespaces of the process `pid`, however it ends. */
  runProgram(pid: number, argv: readonly string[], input: string): Promise<CommandOutcome>;
}

export const thisMachine: Machine = {
  connectionsAtOnce: 256,
  namespace: readNamespace(),
  folder: tmpdir(),
  startProcess: async (program, holder) => startNodeProcess(program, holder),
  runInFreshNamespace,
  runInNamespaceOf,
  runProgram: async (pid, argv, input) => {
    const [file = '', ...args] = enterNamespaces(pid, argv);
    const { exitCode, stdout, stderr } = await execa(file, args, { input, reject: false });
    return { status: exitCode, stdout, stderr };
  },
};

/** What runs a program in the network and mount namespaces of the process `pid`. */
export function enterNamespaces(pid: number, argv: readonly string[]): readonly string[] {
  return ['nsenter', `--net=/proc/${pid}/ns/net`, `--mount=/proc/${pid}/ns/mnt`, ...argv];
}

// There are none on other systems than Linux, where no test of the kernel runs.
function readNamespace(): string {
  return process.platform === 'linux' ? readlinkSync('/proc/self/ns/net') : '';
}
