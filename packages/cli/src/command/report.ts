import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import {
  defaultRelease,
  escapeControls,
  findRefusals,
  type Diagnostic,
  type Mode,
  type Release,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot, type LoadedSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { count } from '../output/count.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { collectFindings } from '../report/collect-findings.ts';
import { printPage } from '../report/print-page.ts';
import { readPageAssets } from '../report/read-page-assets.ts';
import { UsageError } from '../usage-error.ts';
import { readVersion } from '../version.ts';
import { requireExplainedMode } from './explained-mode.ts';
import { configuredMode, refuse } from './refuse.ts';
import { colorOption, modeOption, releaseOption } from './shared-options.ts';

interface ReportCommandOptions {
  readonly mode?: Mode;
  readonly node?: string;
  readonly release?: Release;
  readonly output?: string;
  readonly color: ColorChoice;
}

const help = `
The page needs no network and no server: open it in a browser, send it to somebody. It holds the cluster's Services,
EndpointSlices, Nodes and configuration, and works out in the browser what is asked: each Service's addresses, endpoints
and reasons, its rules in every mode, where a packet goes, and what lint finds. Node and mode can be changed there.

Examples:
  kube-rules report examples/online-shop.yaml -o report.html
  kube-rules report examples/online-shop.yaml --node node-b --mode nftables -o report.html

Exit status: 0 written, whatever was found; 2 wrong use or unusable input.`;

const nodeOption = new Option(
  '-n, --node <name>',
  'the node that the page begins with, and the only one that lint looks at (default: the first, and all)',
);

/** `kube-rules report`: a cluster as one page to search in. */
export function addReportCommand(program: Command, context: CommandContext): void {
  program
    .command('report')
    .description('write one HTML page: Services and why, rules, a packet tracer, lint findings')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .option('-o, --output <file>', 'write the page into a file')
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: ReportCommandOptions) => {
      context.setExitStatus(await runReport(files, options, context));
    });
}

async function runReport(
  names: string[],
  options: ReportCommandOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  if (options.output === undefined && io.outIsTerminal)
    throw new UsageError('name the file for the page with -o');
  const loaded = await loadSnapshot(names, options, context);
  const mode = requireExplainedMode(options.mode ?? configuredMode(loaded));
  const release = options.release ?? defaultRelease;
  const refusals = reasonsAgainst(loaded, mode, release);
  if (refusals.length > 0) {
    const palette = choosePalette(options.color, io.errorIsTerminal, io);
    return refuse(loaded, refusals, { context, palette, what: 'written' });
  }
  const { snapshot } = loaded;
  const nodeName = snapshot.nodeName || (snapshot.nodes[0]?.metadata.name ?? '');
  const findings = collectFindings(loaded);
  const data = { snapshot, nodeName, mode, release, version: readVersion(), findings };
  const page = printPage(data, readPageAssets());
  await writePage(page, options.output, context);
  return 0;
}

/** The page has a choice of nodes: that none is named is no reason, unless there is none. */
function reasonsAgainst(
  { snapshot }: LoadedSnapshot,
  mode: Mode,
  release: Release,
): readonly Diagnostic[] {
  const hasNodes = snapshot.nodes.length > 0;
  return findRefusals(snapshot, mode, release).filter(
    ({ code }) => !hasNodes || code !== 'NODE_AMBIGUOUS',
  );
}

async function writePage(
  page: string,
  file: string | undefined,
  { io }: CommandContext,
): Promise<void> {
  if (file === undefined) return io.writeOut(page);
  try {
    await writeFile(file, page);
  } catch (error) {
    throw new UsageError(
      `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  io.writeError(
    `wrote ${escapeControls(file)} (${count(Math.ceil(page.length / 1000), 'kB', 'kB')})\n`,
  );
}
