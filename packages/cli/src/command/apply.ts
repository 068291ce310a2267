import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  applyPlan,
  applyWanted,
  thisMachine,
  type ApplyOptions as Options,
  type ApplyResult,
} from '@kube-rules/apply-linux';
import { parseDuration, readPlan, type NodePlan, type Snapshot } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import type { ColorChoice } from '../output/palette.ts';
import { UsageError } from '../usage-error.ts';
import { carryOut } from './carry-out.ts';
import { findCulprit } from './find-culprit.ts';
import { loadWanted, type Wanted } from './load-wanted.ts';
import { stateOption, takeOverOption, type WantedOptions } from './node-options.ts';
import { planLive } from './plan-live.ts';
import {
  colorOption,
  layoutOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface ApplyOptions extends WantedOptions {
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
  const seconds = options.confirm === undefined ? undefined : parseDuration(options.confirm);
  if (options.confirm !== undefined && !(seconds !== undefined && seconds > 0))
    throw new UsageError(`--confirm ${options.confirm} is no time; write 30s or 2m`);
  const work = { ...options, seconds };
  const plan = await findPlan(names);
  if (plan) {
    const task = async (how: Options): Promise<ApplyResult> => applyPlan(plan, thisMachine, how);
    return carryOut(task, work, context);
  }
  const wanted = await loadWanted(names, options, { context, what: 'applied' });
  if (typeof wanted === 'number') return wanted;
  return applySnapshot(wanted, work, context);
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

interface Work extends ApplyOptions {
  readonly seconds: number | undefined;
}

/** As often as a Service can be set aside. */
const mostQuarantined = 20;

async function applySnapshot(
  { loaded: { snapshot }, mode }: Wanted,
  work: Work,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  let wanted = snapshot;
  for (let round = 0; round <= mostQuarantined; round++) {
    const task = async (how: Options): Promise<ApplyResult> =>
      applyWanted(async (live) => planLive(live, wanted, { ...work, mode }), thisMachine, how);
    try {
      return await carryOut(task, work, context);
    } catch (error) {
      const culprit = findCulprit(error, snapshot, mode);
      const isLeftOut = wanted.services.every((service) => nameOf(service) !== culprit);
      if (culprit !== undefined && !work.quarantine)
        io.writeError(`the refused rule is one of ${culprit}; --quarantine leaves that out\n`);
      if (culprit === undefined || !work.quarantine || isLeftOut) throw error;
      io.writeError(`${culprit} is left out: the kernel refuses one of its rules\n`);
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
