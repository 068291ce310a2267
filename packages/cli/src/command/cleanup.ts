import { InvalidArgumentError, Option, type Command } from 'commander';
import { applyWanted, readLive, thisMachine, type Live } from '@kube-rules/apply-linux';
import { isCIDR, modes, planCleanup, type Mode, type NodePlan } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printPlan } from '../output/print-plan.ts';
import { carryOut } from './carry-out.ts';
import { stateOption, takeOverOption } from './node-options.ts';
import { colorOption } from './shared-options.ts';

interface CleanupOptions {
  readonly mode?: Mode;
  readonly excludeCidrs?: readonly string[];
  readonly state: string;
  readonly dryRun?: true;
  readonly takeOver?: true;
  readonly color: ColorChoice;
}

const help = `
Removes what kube-proxy's own --cleanup removes, and what that leaves behind; never a rule, set or virtual
server of somebody else.

Exit status: 0 done, 1 not done and the node as before, 2 wrong use.`;

const cleanupModeOption = new Option(
  '-m, --mode <mode>',
  'only what is of this mode, but for what another mode on this node needs',
).choices([...modes]);

/** `kube-rules cleanup`: removes everything of kube-proxy's from this node, of any mode. */
export function addCleanupCommand(program: Command, context: CommandContext): void {
  program
    .command('cleanup')
    .description("remove the rules of kube-proxy's from this node, of any mode")
    .addOption(cleanupModeOption)
    .option(
      '--exclude-cidrs <list>',
      'networks whose virtual servers stay, with commas',
      parseCIDRs,
    )
    .option('--dry-run', 'only show what would go')
    .addOption(takeOverOption)
    .addOption(stateOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (options: CleanupOptions) => {
      context.setExitStatus(await runCleanup(options, context));
    });
}

async function runCleanup(options: CleanupOptions, context: CommandContext): Promise<ExitStatus> {
  const { mode, excludeCidrs: excludeCIDRs = [] } = options;
  const planOf = ({ files }: Live): NodePlan =>
    planCleanup(hostname().toLowerCase(), files, { mode, excludeCIDRs });
  if (!options.dryRun)
    return carryOut(
      async (how) => applyWanted((live) => ({ plan: planOf(live) }), thisMachine, how),
      options,
      context,
    );
  const plan = planOf(await readLive(thisMachine));
  const { io } = context;
  io.writeOut(printPlan(plan, choosePalette(options.color, io.outIsTerminal, io)));
  return 0;
}

function parseCIDRs(text: string): string[] {
  const cidrs = text.split(',').map((one) => one.trim());
  const wrong = cidrs.find((one) => !isCIDR(one));
  if (wrong !== undefined) throw new InvalidArgumentError(`${wrong} is no CIDR.`);
  return cidrs;
}
