import {
  fingerprintOf,
  planUndo,
  type Backend,
  type NodePlan,
  type Operation,
} from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';
import { errorText } from './error-text.ts';
import { explainFailure } from './explain-failure.ts';
import { withLock } from './lock.ts';
import type { Machine } from './machine.ts';
import { readLive, requireRoot, type Live } from './read-live.ts';
import { lockWait, restoreCommand, runOperation, type OperationContext } from './run-operation.ts';

export interface ApplyOptions {
  /** Changes the rules of a kube-proxy that runs. */
  readonly takeOver?: boolean;
  /** Milliseconds for which connections to servers that go may last; 30 s by default. */
  readonly drainDeadline?: number;
  /** Ends the work and undoes it. */
  readonly signal?: AbortSignal;
  readonly warn?: (message: string) => void;
}

export interface ApplyResult {
  /** How many steps were taken. */
  readonly steps: number;
  /** What the node had before: for `undo`. */
  readonly before: Live;
}

const defaultDrainDeadline = 30_000;

/**
 * Carries out a plan, exactly it: refuses if the node changed since it was made. Whatever fails, the node
 * is as before.
 *
 * @throws {ApplyError}
 */
export async function applyPlan(
  plan: NodePlan,
  machine: Machine,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  requireRoot(machine);
  return withLock(async () => {
    if (!options.takeOver) await refuseKubeProxy(machine);
    const before = await readLive(machine);
    if (fingerprintOf(before.files, plan.excludeCIDRs) !== plan.fingerprint) {
      throw new ApplyError(
        'NODE_CHANGED',
        'The rules of the node changed since the plan was made.',
        { hint: 'Make a new plan, or stop the other writer first.' },
      );
    }
    const context = conerrorText(machine, plan.backend ?? before.backend, options);
    await tryOut(plan.operations, context);
    try {
      await runAll(plan.operations, context, options.signal);
      await verify(plan, machine);
    } catch (error) {
      await undo(before, machine, options).catch((second: unknown) => {
        throw notUndone(error, second);
      });
      throw error;
    }
    return { steps: plan.operations.length, before };
  });
}

/**
 * Brings back what a node had.
 *
 * @throws {ApplyError}
 */
export async function undo(
  before: Live,
  machine: Machine,
  options: ApplyOptions = {},
): Promise<void> {
  const now = await readLive(machine);
  const sysctls = Object.entries(before.sysctls)
    .filter(([name, value]) => now.sysctls[name] !== value)
    .map(([name, value]): Operation => ({ kind: 'sysctl', name, value }));
  const context = { ...conerrorText(machine, before.backend, options), isUndo: true };
  await runAll([...planUndo(now.files, before.files), ...sysctls], context, undefined);
}

/** Both errors, the first one first: it is what has to be mended. */
function notUndone(first: unknown, second: unknown): ApplyError {
  const isKnown = first instanceof ApplyError;
  return new ApplyError(
    isKnown ? first.code : 'TOOL_FAILED',
    `${errorText(first)}\nThe node could not be brought back either: ${errorText(second)}`,
    {
      hint: 'The node is in between: mend the cause and apply again, or run kube-rules cleanup.',
      line: isKnown ? first.line : undefined,
    },
  );
}

function conerrorText(
  machine: Machine,
  backend: Backend,
  { drainDeadline = defaultDrainDeadline, warn = () => {} }: ApplyOptions,
): OperationContext {
  return { machine, backend, drainDeadline, warn };
}

async function runAll(
  operations: readonly Operation[],
  context: OperationContext,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const operation of operations) {
    if (signal?.aborted) {
      throw new ApplyError('INTERRUPTED', 'It was interrupted.', {
        hint: 'The node is as before; try again.',
      });
    }
    await runOperation(operation, context);
  }
}

async function refuseKubeProxy(machine: Machine): Promise<void> {
  const [process] = await machine.findKubeProxy();
  if (process !== undefined) {
    throw new ApplyError(
      'KUBE_PROXY_RUNNING',
      `kube-proxy runs on this node (process ${process}), and would change the rules again.`,
      { hint: 'Stop it first, or say --take-over.' },
    );
  }
}

/** The kernel's own opinion of everything that can be tried without a change. */
async function tryOut(operations: readonly Operation[], context: OperationContext): Promise<void> {
  const { machine, backend } = context;
  const makesSets = operations.some(({ kind }) => kind === 'ipset');
  for (const operation of operations) {
    // A rule may name a set that is not there yet.
    if (operation.kind === 'iptables' && !makesSets) {
      const command = restoreCommand(operation.family, backend);
      const result = await machine.run(
        command,
        ['--noflush', '--test', '-w', lockWait],
        operation.input,
      );
      if (result.exitCode !== 0) throw explainFailure(command, result, operation.input);
    }
  }
  const scripts = operations.flatMap((operation) =>
    operation.kind === 'nft' ? [operation.input] : [],
  );
  if (scripts.length === 0) return;
  const result = await machine.run('nft', ['-c', '-f', '-'], scripts.join(''));
  if (result.exitCode !== 0) throw explainFailure('nft', result, scripts.join(''));
}

async function verify(plan: NodePlan, machine: Machine): Promise<void> {
  const { files } = await readLive(machine);
  if (fingerprintOf(files, plan.excludeCIDRs) !== plan.expected) {
    throw new ApplyError(
      'NOT_AS_PLANNED',
      'The node has other rules than were planned, though no tool failed.',
      {
        hint: 'Somebody else may have changed them at the same time; look with kube-rules audit, and try again.',
      },
    );
  }
}
