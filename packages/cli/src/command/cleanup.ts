import type { Command } from 'commander';
import { applyPlan, readLive, thisMachine } from '@kube-rules/apply-linux';
import { planCleanup } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printPlan } from '../output/print-plan.ts';
import { takeOverOption } from './node-options.ts';
import { colorOption } from './shared-options.ts';

interface CleanupOptions {
  readonly dryRun?: true;
  readonly takeOver?: true;
  readonly color: ColorChoice;
}

const help = `
Removes what kube-proxy's own --cleanup removes, and what that leaves behind; never a rule, set or virtual
server of somebody else.

Exit status: 0 done, 1 not done and the node as before, 2 wrong use.`;

/** `kube-rules cleanup`: removes everything of kube-proxy's from this node, of any mode. */
export function addCleanupCommand(program: Command, context: CommandContext): void {
  program
    .command('cleanup')
    .description("remove all rules of kube-proxy's from this node, of any mode")
    .option('--dry-run', 'only show what would go')
    .addOption(takeOverOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (options: CleanupOptions) => {
      context.setExitStatus(await runCleanup(options, context));
    });
}

async function runCleanup(options: CleanupOptions, { io }: CommandContext): Promise<ExitStatus> {
  const { files } = await readLive(thisMachine);
  const plan = planCleanup(hostname(), files);
  if (!options.dryRun && plan.operations.length > 0)
    await applyPlan(plan, thisMachine, { ...(options.takeOver && { takeOver: true }) });
  io.writeOut(printPlan(plan, choosePalette(options.color, io.outIsTerminal, io)));
  return 0;
}
