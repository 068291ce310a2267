import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readLive, thisMachine } from '@kube-rules/apply-linux';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printPlan } from '../output/print-plan.ts';
import { warnOfFixedSysctls } from '../output/warn-of-fixed-sysctls.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import { loadWanted } from './load-wanted.ts';
import type { WantedOptions } from './node-options.ts';
import { planLive } from './plan-live.ts';
import {
  colorOption,
  jsonOption,
  layoutOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface PlanOptions extends WantedOptions {
  readonly output?: string;
  readonly detailedExitcode?: true;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
Reads the rules of the node on which it runs, as root, and changes nothing.

Exit status: 0 fine, 2 wrong use or unusable input; with --detailed-exitcode 0 nothing to do, 1 an error, 2 changes.`;

/** `kube-rules plan`: what would change on this node. */
export function addPlanCommand(program: Command, context: CommandContext): void {
  program
    .command('plan')
    .description('show what would change on this node, and keep it for apply')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(modeOption)
    .addOption(layoutOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .option('-o, --output <file>', 'keep the plan in a file, for kube-rules apply')
    .option('--detailed-exitcode', 'exit 2 if there is something to do')
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: PlanOptions) => {
      context.setExitStatus(await runPlan(files, options, context));
    });
}

async function runPlan(
  names: string[],
  options: PlanOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  const wanted = await loadWanted(names, options, { context, what: 'planned' });
  if (typeof wanted === 'number') return options.detailedExitcode ? 1 : wanted;
  const { loaded, mode } = wanted;
  const live = await readLive(thisMachine, { flows: true });
  const { plan } = await planLive(live, loaded.snapshot, { ...options, mode });
  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  writeDiagnostics(loaded.diagnostics, io, { texts: loaded.texts, palette });
  warnOfFixedSysctls(plan, io);
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  if (options.output !== undefined) await writeFile(options.output, text);
  io.writeOut(
    options.json ? text : printPlan(plan, choosePalette(options.color, io.outIsTerminal, io)),
  );
  if (options.output !== undefined && plan.operations.length > 0)
    io.writeError(`apply it: kube-rules apply ${options.output}\n`);
  return options.detailedExitcode && plan.operations.length > 0 ? 2 : 0;
}
