import { Option, type Command } from 'commander';
import {
  defaultRelease,
  explainService,
  explainServiceOnNodes,
  findRefusals,
  type ExplainedMode,
  type Mode,
  type Release,
  type UnknownService,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot, type LoadedSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printExplanation } from '../output/print-explanation.ts';
import { printNodesTable } from '../output/print-nodes-table.ts';
import { printJSON } from '../output/to-json.ts';
import { UsageError } from '../usage-error.ts';
import { requireExplainedMode } from './explained-mode.ts';
import { configuredMode, refuse } from './refuse.ts';
import {
  colorOption,
  jsonOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface ExplainCommandOptions {
  readonly mode?: Mode;
  readonly node?: string;
  readonly nodes?: true;
  readonly release?: Release;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
SERVICE is namespace/name, or the name alone where no other Service has it; with :port behind it, that port only.

Examples:
  kube-rules explain prod/web examples/online-shop.yaml --node node-a
  kube-rules explain ingress-controller:https examples/online-shop.yaml --node node-b --mode ipvs
  kube-rules explain prod/courier-gateway examples/online-shop.yaml --nodes

Exit status: 0 explained, 2 wrong use or unusable input.`;

const nodesOption = new Option('--nodes', 'a table of all nodes').conflicts('node');

/** `kube-rules explain`: which endpoints serve a Service on a node, and what becomes of its clients. */
export function addExplainCommand(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description("say why a Service's traffic goes where it goes: endpoints, addresses, clients")
    .argument('<service>', 'namespace/name, with or without :port')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(nodesOption)
    .addOption(releaseOption)
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (service: string, files: string[], options: ExplainCommandOptions) => {
      context.setExitStatus(await runExplain(service, files, { options, context }));
    });
}

interface Run {
  readonly options: ExplainCommandOptions;
  readonly context: CommandContext;
}

async function runExplain(name: string, files: string[], run: Run): Promise<ExitStatus> {
  const { options, context } = run;
  const loaded = await loadSnapshot(files, options, context);
  const { snapshot } = loaded;
  const mode = requireExplainedMode(options.mode ?? configuredMode(loaded));
  const release = options.release ?? defaultRelease;
  const refusals = findRefusals(snapshot, mode, release).filter(
    ({ code }) => !options.nodes || code !== 'NODE_AMBIGUOUS',
  );
  if (refusals.length > 0) {
    const palette = choosePalette(options.color, context.io.errorIsTerminal, context.io);
    return refuse(loaded, refusals, { context, palette, what: 'explained' });
  }
  const explain = options.nodes ? explainAll : explainOne;
  context.io.writeOut(explain(name, loaded, { mode, release, ...run }));
  return 0;
}

interface Explaining extends Run {
  readonly mode: ExplainedMode;
  readonly release: Release;
}

function explainOne(name: string, { snapshot }: LoadedSnapshot, asked: Explaining): string {
  const { options, context, mode, release } = asked;
  const explained = explainService(snapshot, name, { mode, release });
  if (!('ports' in explained)) return refuseUnknown(name, explained);
  if (options.json) return printJSON('Explanation', { ...explained });
  return printExplanation(
    explained,
    choosePalette(options.color, context.io.outIsTerminal, context.io),
  );
}

function explainAll(name: string, { snapshot }: LoadedSnapshot, asked: Explaining): string {
  const { options, context, mode, release } = asked;
  const explained = explainServiceOnNodes(snapshot, name, { mode, release });
  if ('suggestion' in explained) return refuseUnknown(name, explained);
  if (explained.length === 0) throw new UsageError('the snapshot holds no Node');
  if (options.json) return printJSON('Explanations', { nodes: explained });
  return printNodesTable(
    explained,
    choosePalette(options.color, context.io.outIsTerminal, context.io),
  );
}

function refuseUnknown(name: string, { suggestion }: UnknownService): never {
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  throw new UsageError(`the snapshot has no Service ${name}${hint}`);
}
