import type { Command } from 'commander';
import { readLast, readStatus, thisMachine } from '@kube-rules/apply-linux';
import { hostname } from 'node:os';
import type { CommandContext } from '../command-context.ts';
import type { ExitStatus } from '../io.ts';
import { printStatus } from '../output/print-status.ts';
import { printJSON } from '../output/to-json.ts';
import { loadWanted } from './load-wanted.ts';
import { stateOption } from './node-options.ts';
import { jsonOption, nodeOption } from './shared-options.ts';

interface StatusOptions {
  readonly node?: string;
  readonly state: string;
  readonly json?: true;
}

const help = `
With a snapshot it also says whether the node is as it should be.

Exit status: 0 fine, 1 the node is not whole, 2 wrong use or unusable input.`;

/** `kube-rules status`: what this node has, and how it is. */
export function addStatusCommand(program: Command, context: CommandContext): void {
  program
    .command('status')
    .description('tell the mode, tools and rules of this node, and whether it is whole')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; -: standard input')
    .addOption(nodeOption)
    .addOption(stateOption)
    .addOption(jsonOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: StatusOptions) => {
      context.setExitStatus(await runStatus(files, options, context));
    });
}

async function runStatus(
  names: string[],
  options: StatusOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const wanted =
    names.length === 0
      ? undefined
      : await loadWanted(names, { ...options, color: 'auto' }, { context, what: 'read' });
  if (typeof wanted === 'number') return wanted;
  const last = await readLast(options.state, 'good');
  const status = await readStatus(thisMachine, {
    expected: wanted && { snapshot: wanted.loaded.snapshot, mode: wanted.mode },
    last: last?.plan,
  });
  const nodeName = wanted?.loaded.snapshot.nodeName ?? hostname().toLowerCase();
  const lastApply = last && {
    time: last.time,
    milliseconds: last.milliseconds,
    mode: last.plan.mode,
    layout: last.plan.layout,
  };
  context.io.writeOut(
    options.json
      ? printJSON('Status', { nodeName, ...status, lastApply })
      : printStatus(nodeName, status, lastApply),
  );
  return status.audit && !status.audit.isWhole ? 1 : 0;
}
