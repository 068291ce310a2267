import { InvalidArgumentError, Option, type Command } from 'commander';
import { lint, type Mode } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printLint, type LintReport } from '../output/print-lint.ts';
import { printSARIF } from '../output/print-sarif.ts';
import { sortDiagnostics } from '../output/sort-diagnostics.ts';
import { diagnosticToJSON, printJSON } from '../output/to-json.ts';
import { configuredMode, refuse } from './refuse.ts';
import { colorOption, jsonOption, modeOption } from './shared-options.ts';

interface LintCommandOptions {
  readonly mode?: Mode;
  readonly node?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly maxWarnings?: number;
  readonly color: ColorChoice;
}

const help = `
Without --node all nodes are looked at, and what concerns single nodes names them. Each code has a page,
docs/diagnostics/CODE.md: what it means, why it matters, how to fix it. An object's annotation
kube-rules/ignore: CODE, CODE leaves them out for the object; one of the ConfigMap kube-proxy does for the configuration.

Examples:
  kube-rules lint examples/online-shop.yaml
  kube-rules lint examples/online-shop.yaml --mode ipvs --max-warnings 0
  kube-rules lint examples/online-shop.yaml --sarif

Exit status: 0 no errors (and no more warnings than allowed), 1 errors or too many warnings, 2 wrong use.`;

const nodeOption = new Option('-n, --node <name>', 'look at one node only (default: all)');

const sarifOption = new Option(
  '--sarif',
  'everything as SARIF 2.1.0 on standard output, for code review',
).conflicts('json');

const maxWarningsOption = new Option(
  '--max-warnings <number>',
  'exit with 1 for more warnings than these (default: any number is fine)',
).argParser(parseCount);

/** `kube-rules lint`: what is doubtful about a cluster, before it is on any node. */
export function addLintCommand(program: Command, context: CommandContext): void {
  program
    .command('lint')
    .description('find what is wrong or doubtful in a cluster, as a compiler does')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(jsonOption)
    .addOption(sarifOption)
    .addOption(maxWarningsOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: LintCommandOptions) => {
      context.setExitStatus(await runLint(files, options, context));
    });
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is no number.');
  return Number(text);
}

async function runLint(
  names: string[],
  options: LintCommandOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  const loaded = await loadSnapshot(names, options, context);
  const { snapshot, texts } = loaded;
  const misuse = snapshot.unusable.filter(({ code }) => misuseCodes.has(code));
  if (misuse.length > 0) {
    const palette = choosePalette(options.color, io.errorIsTerminal, io);
    return refuse(loaded, misuse, { context, palette, what: 'linted' });
  }
  const mode = options.mode ?? configuredMode(loaded);
  const found = lint(snapshot, mode, { found: loaded.diagnostics }).map(loaded.locate);
  const report: LintReport = { snapshot, mode, diagnostics: sortDiagnostics(found), texts };
  io.writeOut(printReport(report, options, context));
  const count = (wanted: string): number =>
    found.filter(({ severity }) => severity === wanted).length;
  const tooMany = count('warning') > (options.maxWarnings ?? Infinity);
  return count('error') > 0 || tooMany ? 1 : 0;
}

/** What is wrong with the command line, not with the cluster. */
const misuseCodes: ReadonlySet<string> = new Set(['NODE_UNKNOWN', 'FLAG_INVALID', 'FLAG_UNKNOWN']);

function printReport(
  report: LintReport,
  options: LintCommandOptions,
  { io }: CommandContext,
): string {
  const { snapshot, mode, diagnostics, texts } = report;
  if (options.sarif) return printSARIF(diagnostics, texts);
  if (!options.json) return printLint(report, choosePalette(options.color, io.outIsTerminal, io));
  return printJSON('Lint', {
    mode,
    ...(snapshot.nodeName !== '' && { nodeName: snapshot.nodeName }),
    diagnostics: diagnostics.map((diagnostic) => diagnosticToJSON(diagnostic, texts)),
  });
}
