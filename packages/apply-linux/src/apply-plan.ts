import {
  changedSections,
  fingerprintOf,
  planUndo,
  type NodePlan,
  type NodeRules,
  type Operation,
} from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';
import { errorText } from './error-text.ts';
import { describeKubeProxy } from './kube-proxy.ts';
import { withLock } from './lock.ts';
import type { Machine } from './machine.ts';
import { readLive, requireRoot, type Live } from './read-live.ts';
import { requireTools } from './require-tools.ts';
import { runOperation, throwIfInterrupted, type OperationContext } from './run-operation.ts';
import { tryOut } from './try-out.ts';

export interface ApplyOptions {
  /** Changes the rules of a kube-proxy that runs. */
  readonly takeOver?: boolean;
  /** Milliseconds for which connections to servers that go may last; 30 s by default. */
  readonly drainDeadline?: number;
  /** Ends the work and undoes it. */
  readonly signal?: AbortSignal | undefined;
  readonly warn?: (message: string) => void;
}

export interface ApplyResult {
  readonly plan: NodePlan;
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
  const checked = async (before: Live): Promise<PlannedChange> => {
    await refuseChanges(plan, before, machine);
    return { plan };
  };
  return applyWanted(checked, machine, options);
}

/** A plan, and the rules to which it leads where they are known: with them, checking is faster. */
export interface PlannedChange {
  readonly plan: NodePlan;
  readonly wanted?: NodeRules;
}

/**
 * Reads the node, makes a plan of that, and carries it out, while no other process does the same. Whatever
 * fails, the node is as before.
 *
 * @throws {ApplyError} and what `makePlan` throws.
 */
export async function applyWanted(
  makePlan: (live: Live) => PlannedChange | Promise<PlannedChange>,
  machine: Machine,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  requireRoot(machine);
  return withLock(async () => {
    const before = await readLive(machine, { flows: true });
    const change = await makePlan(before);
    const { plan } = change;
    if (plan.operations.length === 0) return { plan, steps: 0, before };
    try {
      if (!options.takeOver) await refuseKubeProxy(machine, before);
      await carryOut(change, before, { ...options, machine });
    } catch (error) {
      if (!(error instanceof ApplyError)) throw error;
      const { hint, line } = error;
      throw new ApplyError(error.code, error.message, { hint, line, plan });
    }
    return { plan, steps: plan.operations.length, before };
  });
}

async function carryOut(
  { plan, wanted }: PlannedChange,
  before: Live,
  { machine, ...options }: ApplyOptions & { readonly machine: Machine },
): Promise<void> {
  const { operations } = plan;
  const context = contextOf(machine, before, { plan, ...options });
  await requireTools(operations, context);
  await tryOut(operations, before.files, context);
  try {
    await runAll(
      operations.filter((one) => !isOfFlows(one)),
      context,
    );
    await verify({ plan, wanted }, machine);
  } catch (error) {
    await undo(before, machine, options).catch((second: unknown) => {
      throw notUndone(error, second);
    });
    throw error;
  }
  // The rules are right from here on: what clients had is not worth to undo them.
  for (const operation of operations.filter(isOfFlows)) await runOperation(operation, context);
}

function isOfFlows({ kind }: Operation): boolean {
  return kind === 'deleteFlows';
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
  const context = {
    ...contextOf(machine, before, { ...options, signal: undefined }),
    isUndo: true,
  };
  await runAll([...planUndo(now.files, before.files), ...sysctls], context);
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

function contextOf(
  machine: Machine,
  { backend }: Live,
  options: ApplyOptions & { readonly plan?: NodePlan },
): OperationContext {
  const { drainDeadline = defaultDrainDeadline, warn = () => {}, plan, signal } = options;
  return { machine, backend: plan?.backend ?? backend, drainDeadline, warn, signal };
}

async function runAll(operations: readonly Operation[], context: OperationContext): Promise<void> {
  for (const operation of operations) {
    throwIfInterrupted(context.signal);
    await runOperation(operation, context);
  }
}

async function refuseChanges(plan: NodePlan, { files }: Live, machine: Machine): Promise<void> {
  const { excludeCIDRs, backend } = plan;
  const changed = changedSections(
    plan.fingerprint,
    fingerprintOf(files, { excludeCIDRs, backend }),
  );
  if (changed.length === 0) return;
  const writer = await describeKubeProxy(machine, files);
  const suspect = writer === undefined ? '' : ` kube-proxy is at work (${writer}).`;
  throw new ApplyError(
    'NODE_CHANGED',
    `The rules of the node changed since the plan was made: ${changed.join(', ')}.${suspect}`,
    { hint: 'Make a new plan, or stop the other writer first.' },
  );
}

async function refuseKubeProxy(machine: Machine, { files }: Live): Promise<void> {
  const sign = await describeKubeProxy(machine, files);
  if (sign === undefined) return;
  throw new ApplyError(
    'KUBE_PROXY_RUNNING',
    `kube-proxy runs on this node (${sign}), and would change the rules again.`,
    { hint: 'Stop it first, or say --take-over.' },
  );
}

async function verify(
  { plan, wanted: known }: { readonly plan: NodePlan; readonly wanted: NodeRules | undefined },
  machine: Machine,
): Promise<void> {
  const { excludeCIDRs, backend } = plan;
  const { files } = await readLive(machine);
  const found = fingerprintOf(files, { excludeCIDRs, backend, known });
  const different = changedSections(plan.expected, found);
  if (different.length === 0) return;
  throw new ApplyError(
    'NOT_AS_PLANNED',
    `The node has other rules than were planned, though no tool failed: ${different.join(', ')}.`,
    {
      hint: 'Somebody else may have changed them at the same time; look with kube-rules audit, and try again.',
    },
  );
}
