import type { Command } from 'commander';
import {
  compile,
  defaultRelease,
  diffRuleset,
  findRefusals,
  parseSnapshot,
  printChanges,
  readDumps,
  rulesOfRuleset,
  type Diagnostic,
  type Layout,
  type Mode,
  type NodeRules,
  type Release,
  type SourceTexts,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { isSnapshot, readDumpFiles } from '../input/read-dump-files.ts';
import type { ExitStatus } from '../io.ts';
import { count } from '../output/count.ts';
import { escapeLines } from '../output/escape-lines.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { diagnosticToJSON, printJSON } from '../output/to-json.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import { UsageError } from '../usage-error.ts';
import { configuredMode } from './refuse.ts';
import {
  colorOption,
  jsonOption,
  layoutOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface DiffOptions {
  readonly mode?: Mode;
  readonly layout?: Layout;
  readonly node?: string;
  readonly release?: Release;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
Either side is a snapshot (a YAML or JSON file, a folder of them) or a node's dumps (a file, a folder).

Examples:
  kube-rules diff examples/online-shop.yaml examples/dump-of-node-a --node node-a
  kube-rules diff examples/dump-of-node-a examples/online-shop.yaml --node node-a --json

Exit status: 0 the same rules, 1 they differ, 2 wrong use or unusable input.`;

/** `kube-rules diff`: what differs between the rules of two snapshots, two dumps, or one of each. */
export function addDiffCommand(program: Command, context: CommandContext): void {
  program
    .command('diff')
    .description('compare the rules of two snapshots or dumps, whatever their wording and order')
    .argument('<from>', 'a snapshot or dumps')
    .argument('<to>', 'a snapshot or dumps')
    .addOption(modeOption)
    .addOption(layoutOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (from: string, to: string, options: DiffOptions) => {
      context.setExitStatus(await runDiff([from, to], options, context));
    });
}

async function runDiff(
  [from, to]: readonly [string, string],
  options: DiffOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  if (from === '-' && to === '-') throw new UsageError('only one side can be standard input');
  const sides = [await readSide(from, options, context), await readSide(to, options, context)];
  const [former = noSide, wanted = noSide] = sides;
  const changes = diffRuleset(former.rules, wanted.rules);
  const diagnostics = sides.flatMap((side) => side.diagnostics);
  const texts = { ...former.texts, ...wanted.texts };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (options.json) {
    const shown = diagnostics.map((diagnostic) => diagnosticToJSON(diagnostic, texts));
    io.writeOut(printJSON('Diff', { changes, diagnostics: shown }));
  } else {
    const palette = choosePalette(options.color, io.errorIsTerminal, io);
    writeDiagnostics(errors, io, { texts, palette });
    io.writeOut(paint(escapeLines(printChanges(changes)), options.color, context));
    io.writeError(
      `${changes.length === 0 ? 'the same rules' : count(changes.length, 'difference')}\n`,
    );
  }
  return changes.length > 0 || errors.length > 0 ? 1 : 0;
}

interface Side {
  readonly rules: NodeRules;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: SourceTexts;
}

const noSide: Side = { rules: [], diagnostics: [], texts: {} };

async function readSide(
  name: string,
  options: DiffOptions,
  context: CommandContext,
): Promise<Side> {
  const read = await readDumpFiles([name], context.io);
  if (!isSnapshot(read.files)) {
    const { rules, diagnostics } = readDumps(read.files);
    return { rules, diagnostics: [...read.diagnostics, ...diagnostics], texts: read.files };
  }
  const sources = Object.entries(read.files).map(([file, text]) => ({ file, text }));
  const { snapshot, diagnostics } = parseSnapshot(sources, {
    kubeProxyArgs: context.kubeProxyArgs,
    ...(options.node !== undefined && { nodeName: options.node }),
  });
  const { release = defaultRelease, layout } = options;
  const mode = options.mode ?? configuredMode({ snapshot });
  const refusals = findRefusals(snapshot, mode, release);
  const [refusal] = refusals;
  if (refusal) {
    const wayOn = refusal.code === 'NODE_AMBIGUOUS' ? ' Name it with --node.' : '';
    throw new UsageError(`${name} cannot be compiled: ${refusal.message}${wayOn}`);
  }
  const ruleset = compile(snapshot, mode, { release, ...(layout && { layout }) });
  return {
    rules: rulesOfRuleset(ruleset),
    diagnostics: [...read.diagnostics, ...diagnostics],
    texts: read.files,
  };
}

function paint(text: string, color: ColorChoice, { io }: CommandContext): string {
  const { red, green, bold } = choosePalette(color, io.outIsTerminal, io);
  return text.replaceAll(/^.+$/gm, (line) => {
    if (line.startsWith('-')) return red(line);
    return line.startsWith('+') ? green(line) : bold(line);
  });
}
