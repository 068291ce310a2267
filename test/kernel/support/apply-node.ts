import { fileURLToPath } from 'node:url';
import type { Layout, Mode, NodePlan, Snapshot } from '@kube-rules/core';
import type { Backend } from './backend.ts';
import { thisMachine } from './machine.ts';
import type { CommandOutcome, Machine } from './machine.ts';
import { startWorker } from './worker.ts';
import type { Worker, WorkerCommands } from './worker.ts';

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
  /** Plans kernel settings, too. */
  readonly withSysctls?: boolean;
  /** Milliseconds for which connections to endpoints that go may last. */
  readonly drainDeadline?: number;
  /** Networks that are left alone, with those of the snapshot. */
  readonly excludeCIDRs?: readonly string[];
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

interface ApplyCommands extends WorkerCommands {
  change: { takes: Wanted; gives: Changed };
  plan: { takes: Partial<Wanted>; gives: NodePlan };
  apply: { takes: { plan: NodePlan }; gives: string | null };
  foreign: { takes: object; gives: string };
  run: { takes: { script: string }; gives: string };
}

interface CommandOptions {
  /** A folder of programs that come before those of the machine. */
  readonly programs?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A process that changes the rules of a network namespace; it ends with this one at the latest. */
export interface ApplyNode extends Worker<ApplyCommands> {
  /** Runs a shell script there. */
  run(script: string): Promise<string>;
  /** Runs the command `kube-rules` there. */
  cli(args: readonly string[], options?: CommandOptions): Promise<CommandOutcome>;
}

/** Starts a process in a fresh network namespace, or in that of the process `holder`. */
export async function startApplyNode(
  holder?: number,
  machine: Machine = thisMachine,
): Promise<ApplyNode> {
  const worker = await startWorker<ApplyCommands>(machine, { program: 'apply.mjs', holder });
  return {
    ...worker,
    run: (script) => worker.request('run', { script }),
    cli: (args, { input = '', ...options } = {}) =>
      machine.runProgram(worker.pid, commandLine(args, options), input),
  };
}

/** The command `kube-rules` as programs start it. */
export function commandLine(
  args: readonly string[],
  { programs, env = {} }: Omit<CommandOptions, 'input'> = {},
): readonly string[] {
  const path = process.env['PATH'] ?? '';
  const variables = { ...env, PATH: programs === undefined ? path : `${programs}:${path}` };
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return ['env', ...settings, process.execPath, CLI, ...args];
}
