import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  ApplyError,
  applyPlan,
  askForConfirmation,
  saveLast,
  thisMachine,
  undo,
  waitForConfirmation,
} from '@kube-rules/apply-linux';
import {
  defaultRelease,
  findRefusals,
  parseDuration,
  readPlan,
  whoOwns,
  type Layout,
  type Mode,
  type NodePlan,
  type Release,
  type Snapshot,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printPlan } from '../output/print-plan.ts';
import { UsageError } from '../usage-error.ts';
import { planThisNode, stateOption, takeOverOption } from './node-options.ts';
import { configuredMode, refuse } from './refuse.ts';
import {
  colorOption,
  layoutOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface ApplyOptions {
  readonly mode?: Mode;
  readonly layout?: Layout;
  readonly node?: string;
  readonly release?: Release;
  readonly confirm?: string;
  readonly quarantine?: true;
  readonly takeOver?: true;
  readonly state: string;
  readonly color: ColorChoice;
}

const help = `
Takes a plan of kube-rules plan -o, and carries out exactly it, or a snapshot. If anything fails, the node is
as before. With --confirm, everything is undone unless kube-rules confirm is said in time, over a new connection.

Exit status: 0 done, 1 not done and the node as before, 2 wrong use or unusable input.`;

/** `kube-rules apply`: changes the rules of this node. */
export function addApplyCommand(program: Command, context: CommandContext): void {
  program
    .command('apply')
    .description('change the rules of this node to what a plan or a snapshot says')
    .argument('[file...]', 'a plan, or snapshot files or folders; - or none: standard input')
    .addOption(modeOption)
    .addOption(layoutOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .option(
      '--confirm <time>',
      'undo everything unless kube-rules confirm comes within, such as 30s',
    )
    .option('--quarantine', 'leave out Services whose lines the kernel refuses, and apply the rest')
    .addOption(takeOverOption)
    .addOption(stateOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: ApplyOptions) => {
      context.setExitStatus(await runApply(files, options, context));
    });
}

async function runApply(
  names: string[],
  options: ApplyOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  const seconds = options.confirm === undefined ? undefined : parseDuration(options.confirm);
  if (options.confirm !== undefined && !(seconds !== undefined && seconds > 0))
    throw new UsageError(`--confirm ${options.confirm} is no time; write 30s or 2m`);
  const plan = await findPlan(names);
  if (plan) return carryOut(plan, { options, context, seconds });

  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  const loaded = await loadSnapshot(names, options.node, context);
  const mode = options.mode ?? configuredMode(loaded);
  const refusals = findRefusals(loaded.snapshot, mode, options.release ?? defaultRelease);
  if (refusals.length > 0) return refuse(loaded, refusals, { context, palette, what: 'applied' });
  return applySnapshot(loaded.snapshot, mode, { options, context, seconds });
}

/** A single JSON file of kind Plan. */
async function findPlan(names: readonly string[]): Promise<NodePlan | undefined> {
  const [name = ''] = names;
  if (names.length !== 1 || !name.endsWith('.json')) return undefined;
  const text = await readFile(name, 'utf8').catch(() => '');
  if (!/"kind":\s*"Plan"/.test(text.slice(0, 500))) return undefined;
  const plan = readPlan(text);
  if (!plan)
    throw new UsageError(`${name} is no whole plan; make it again with kube-rules plan -o ${name}`);
  return plan;
}

interface Work {
  readonly options: ApplyOptions;
  readonly context: CommandContext;
  readonly seconds: number | undefined;
}

/** As often as a Service can be set aside. */
const mostQuarantined = 20;

async function applySnapshot(snapshot: Snapshot, mode: Mode, work: Work): Promise<ExitStatus> {
  const { options, context } = work;
  let wanted = snapshot;
  for (let round = 0; round <= mostQuarantined; round++) {
    const plan = await planThisNode(wanted, mode, options);
    try {
      return await carryOut(plan, work);
    } catch (error) {
      const culprit = findCulprit(error, snapshot, mode);
      const isLeftOut = wanted.services.every((service) => nameOf(service) !== culprit);
      if (culprit !== undefined && !options.quarantine)
        context.io.writeError(
          `the refused rule is one of ${culprit}; --quarantine leaves that out\n`,
        );
      if (culprit === undefined || !options.quarantine || isLeftOut) throw error;
      context.io.writeError(`${culprit} is left out: the kernel refuses one of its rules\n`);
      wanted = withoutService(wanted, culprit);
    }
  }
  throw new UsageError(
    `more than ${mostQuarantined} Services are refused; this is no matter of Services`,
  );
}

function nameOf({ metadata }: Snapshot['services'][number]): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function withoutService(snapshot: Snapshot, name: string): Snapshot {
  return { ...snapshot, services: snapshot.services.filter((service) => nameOf(service) !== name) };
}

/** The Service of the line that a tool refused. */
function findCulprit(error: unknown, snapshot: Snapshot, mode: Mode): string | undefined {
  if (!(error instanceof ApplyError) || error.line === undefined) return undefined;
  const [owner] = whoOwns(error.line, snapshot, { mode }).owners;
  return owner?.servicePort?.replace(/:[^/]*$/, '');
}

async function carryOut(plan: NodePlan, { options, context, seconds }: Work): Promise<ExitStatus> {
  const { io } = context;
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const warn = (message: string): void => io.writeError(`warning: ${message}\n`);
  try {
    const { before } = await applyPlan(plan, thisMachine, {
      ...(options.takeOver && { takeOver: true }),
      signal: interrupt.signal,
      warn,
    });
    const keep = async (): Promise<void> => {
      await saveLast(options.state, 'good', { time: new Date().toISOString(), plan });
      if (seconds !== undefined) await askForConfirmation(options.state);
    };
    await keep().catch(async (error: unknown) => {
      await undo(before, thisMachine);
      throw error;
    });
    io.writeOut(printPlan(plan, choosePalette(options.color, io.outIsTerminal, io)));
    if (seconds === undefined) return 0;
    process.on('SIGHUP', () => {});
    io.writeError(`undone in ${options.confirm} unless you say: kube-rules confirm\n`);
    if (await waitForConfirmation(options.state, seconds * 1000, interrupt.signal)) return 0;
    await undo(before, thisMachine);
    io.writeError('not confirmed: the node is as before\n');
    return 1;
  } catch (error) {
    if (error instanceof ApplyError)
      await saveLast(options.state, 'failed', {
        time: new Date().toISOString(),
        plan,
        error: error.message,
      }).catch(() => {});
    throw error;
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
  }
}
