import type { Command } from 'commander';
import { readLast, readStatus, thisMachine } from '@kube-rules/apply-linux';
import { hostname } from 'node:os';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { printStatus } from '../output/print-status.ts';
import { printJSON } from '../output/to-json.ts';
import { stateOption } from './node-options.ts';
import { configuredMode } from './refuse.ts';
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
  const loaded = names.length === 0 ? undefined : await loadSnapshot(names, options.node, context);
  const expected = loaded && { snapshot: loaded.snapshot, mode: configuredMode(loaded) };
  const status = await readStatus(thisMachine, expected);
  const last = await readLast(options.state, 'good');
  const nodeName = loaded?.snapshot.nodeName ?? hostname();
  context.io.writeOut(
    options.json
      ? printJSON('Status', { nodeName, ...status, lastApply: last?.time })
      : printStatus(nodeName, status, last?.time),
  );
  return status.audit && !status.audit.isWhole ? 1 : 0;
}
