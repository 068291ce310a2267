import { stat } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import {
  defaultRelease,
  findRefusals,
  graphFormats,
  graphOfServices,
  printGraph,
  type GraphFormat,
  type Mode,
  type Release,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { UsageError } from '../usage-error.ts';
import { requireExplainedMode } from './explained-mode.ts';
import { configuredMode, refuse } from './refuse.ts';
import { colorOption, modeOption, nodeOption, releaseOption } from './shared-options.ts';

interface GraphCommandOptions {
  readonly format: GraphFormat;
  readonly mode?: Mode;
  readonly node?: string;
  readonly release?: Release;
  readonly color: ColorChoice;
}

const help = `
From each Service by its addresses and the mode's chains to the endpoints; chains that only mark packets are left out.
SERVICE is namespace/name, with :port behind it for one port. Without it all Services are there, but no chains of single
endpoints. In ipvs mode there are virtual servers in the place of chains.

Examples:
  kube-rules graph examples/online-shop.yaml prod/web --node node-a
  kube-rules graph examples/online-shop.yaml ingress/ingress-controller:https --node node-a --mode nftables --format dot
  kube-rules graph examples/online-shop.yaml --node node-a --format dot

Exit status: 0 drawn, 2 wrong use or unusable input.`;

const formatOption = new Option('--format <format>', 'the language of the picture')
  .choices([...graphFormats])
  .default('mermaid');

/** `kube-rules graph`: a picture of Services, chains and endpoints. */
export function addGraphCommand(program: Command, context: CommandContext): void {
  program
    .command('graph')
    .description('draw how Services lead to their endpoints, as Mermaid or DOT')
    .argument('<snapshot>', 'a snapshot file or folder, YAML or JSON; - standard input')
    .argument('[rest...]', 'more of them, and a Service as the last: namespace/name')
    .addOption(formatOption)
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (file: string, rest: string[], options: GraphCommandOptions) => {
      context.setExitStatus(await runGraph([file, ...rest], options, context));
    });
}

async function runGraph(
  names: string[],
  options: GraphCommandOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { files, service } = await splitService(names);
  const loaded = await loadSnapshot(files, options, context);
  const { snapshot } = loaded;
  const mode = requireExplainedMode(options.mode ?? configuredMode(loaded));
  const release = options.release ?? defaultRelease;
  const refusals = findRefusals(snapshot, mode, release);
  if (refusals.length > 0) {
    const palette = choosePalette(options.color, context.io.errorIsTerminal, context.io);
    return refuse(loaded, refusals, { context, palette, what: 'drawn' });
  }
  const graph = graphOfServices(snapshot, {
    mode,
    release,
    ...(service !== undefined && { service }),
  });
  if (!('nodes' in graph)) {
    const hint = graph.suggestion === undefined ? '' : `; did you mean ${graph.suggestion}?`;
    throw new UsageError(`the snapshot has no Service ${service}${hint}`);
  }
  if (graph.nodes.length === 0) {
    const what =
      service === undefined ? 'the snapshot has no Service that' : `${service} is no Service that`;
    throw new UsageError(`${what} kube-proxy serves; there is nothing to draw`);
  }
  context.io.writeOut(printGraph(graph, options.format));
  return 0;
}

/** The last name is a Service's if it looks like one, and no file or folder is called so. */
async function splitService(
  names: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly service?: string }> {
  const last = names.at(-1) ?? '';
  const looksSo = /^(?:[a-z0-9-]+\/)?[a-z][a-z0-9-]*(?::[a-z0-9-]*)?$/.test(last);
  if (names.length < 2 || !looksSo) return { files: names };
  const isFile = await stat(last).then(
    () => true,
    () => false,
  );
  return isFile ? { files: names } : { files: names.slice(0, -1), service: last };
}
