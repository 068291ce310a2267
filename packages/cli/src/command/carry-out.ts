import {
  ApplyError,
  askForConfirmation,
  saveLast,
  thisMachine,
  undo,
  waitForConfirmation,
  type ApplyOptions,
  type ApplyResult,
} from '@kube-rules/apply-linux';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printPlan } from '../output/print-plan.ts';
import { warnOfFixedSysctls } from '../output/warn-of-fixed-sysctls.ts';
import { warnOfMissingProxy } from '../output/warn-of-missing-proxy.ts';

export interface CarryOutOptions {
  readonly takeOver?: true;
  /** The folder in which is kept what was applied last. */
  readonly state: string;
  readonly color: ColorChoice;
  /** For which the change waits to be confirmed. */
  readonly seconds?: number | undefined;
}

/** Changes this node, keeps a record of that, and undoes it if it is not confirmed in time, or interrupted. */
export async function carryOut(
  task: (options: ApplyOptions) => Promise<ApplyResult>,
  options: CarryOutOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const start = new Date();
  try {
    const result = await task({
      ...(options.takeOver && { takeOver: true }),
      signal: interrupt.signal,
      warn: (message) => io.writeError(`warning: ${message}\n`),
    });
    await keepRecord(result, start, options);
    warnOfFixedSysctls(result.plan, io);
    warnOfMissingProxy(result.plan, io);
    io.writeOut(printPlan(result.plan, choosePalette(options.color, io.outIsTerminal, io)));
    return await confirmOrUndo(result, options, { context, signal: interrupt.signal });
  } catch (error) {
    await keepFailure(error, start, options);
    throw error;
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
  }
}

/** What cannot be kept must not be: the next who asks would be told of another state. */
async function keepRecord(
  result: ApplyResult,
  start: Date,
  { state, seconds }: CarryOutOptions,
): Promise<void> {
  const { plan } = result;
  if (plan.operations.length === 0) return;
  try {
    await saveLast(state, 'good', { ...timesOf(start), plan });
    if (seconds !== undefined) await askForConfirmation(state);
  } catch (error) {
    await undo(result, thisMachine);
    throw error;
  }
}

async function keepFailure(error: unknown, start: Date, { state }: CarryOutOptions): Promise<void> {
  if (!(error instanceof ApplyError) || !error.plan) return;
  const { plan, message } = error;
  await saveLast(state, 'failed', { ...timesOf(start), plan, error: message }).catch(() => {});
}

function timesOf(start: Date): { readonly time: string; readonly milliseconds: number } {
  return { time: start.toISOString(), milliseconds: Date.now() - start.getTime() };
}

interface Wait {
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

async function confirmOrUndo(
  result: ApplyResult,
  { seconds, state }: CarryOutOptions,
  { context, signal }: Wait,
): Promise<ExitStatus> {
  if (seconds === undefined) return 0;
  // The connection over which this was typed may be the one that the change cuts.
  process.on('SIGHUP', () => {});
  context.io.writeError(`undone in ${seconds} s unless you say: kube-rules confirm\n`);
  if (await waitForConfirmation(state, seconds * 1000, signal)) return 0;
  await undo(result, thisMachine);
  context.io.writeError('not confirmed: the node is as before\n');
  return 1;
}
