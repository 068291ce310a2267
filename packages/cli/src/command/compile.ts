import type { Command } from 'commander';
import { Option } from 'commander';
import {
  compile,
  findRefusals,
  forms,
  renderFiles,
  defaultRelease,
  type Diagnostic,
  type Form,
  type Layout,
  type Mode,
  type Release,
  type Ruleset,
} from '@kube-rules/core';
import { checkFiles, type Check } from '../check/check-files.ts';
import { printCheck } from '../check/print-check.ts';
import { loadSnapshot, type LoadedSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printFiles } from '../output/print-files.ts';
import { printSummary } from '../output/print-summary.ts';
import { selectFiles } from '../output/select-files.ts';
import { diagnosticToJSON, printJSON } from '../output/to-json.ts';
import { countDiagnostics, writeDiagnostics } from '../output/write-diagnostics.ts';
import { writeFiles } from '../output/write-files.ts';
import type { CommandContext } from '../command-context.ts';
import { UsageError } from '../usage-error.ts';
import { configuredMode, refuse, type Output } from './refuse.ts';
import {
  collect,
  colorOption,
  jsonOption,
  layoutOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface CompileOptions {
  readonly mode?: Mode;
  readonly node?: string;
  readonly release?: Release;
  readonly form: Form;
  readonly layout?: Layout;
  readonly only?: readonly string[];
  readonly output?: string;
  readonly check?: string;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
Arguments behind -- are kube-proxy's own, as they stand in a DaemonSet.

Examples:
  kube-rules compile examples/online-shop.yaml --node node-a
  kube-rules compile examples/online-shop.yaml --node node-a -o rules/
  kube-rules compile examples/online-shop.yaml --node node-a --check rules/
  kube-rules compile examples/online-shop.yaml --node node-a --form script --only ipv4.iptables | sh
  kube-rules compile examples/online-shop.yaml --node node-a --mode nftables --layout fast --form script | nft -f -
  kube-rules compile examples/online-shop.yaml --node node-a -- --masquerade-all --nodeport-addresses=192.0.2.0/24

Exit status: 0 fine, 1 something was left out or differs, 2 wrong use or unusable input.`;

/** `kube-rules compile`: the rules of one node, on standard output or in files. */
export function addCompileCommand(program: Command, context: CommandContext): void {
  program
    .command('compile')
    .description('write the rules that kube-proxy would program on a node')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(releaseOption.default(defaultRelease))
    .addOption(
      new Option('--form <form>', 'how the rules are written')
        .choices([...forms])
        .default('restore'),
    )
    .addOption(layoutOption)
    .option('--only <name>', 'only this document, such as ipv4.iptables; may be repeated', collect)
    .option('-o, --output <folder>', 'write the documents into a folder')
    .option('--check <folder>', 'compare with the documents in a folder; exit 1 if they differ')
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: CompileOptions) => {
      context.setExitStatus(await runCompile(files, options, context));
    });
}

interface Compiled {
  readonly ruleset: Ruleset;
  readonly files: Readonly<Record<string, string>>;
  readonly loaded: LoadedSnapshot;
  readonly diagnostics: readonly Diagnostic[];
}

async function runCompile(
  names: string[],
  options: CompileOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  if (options.output !== undefined && options.check !== undefined) {
    throw new UsageError('--output and --check do not go together');
  }
  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  const loaded = await loadSnapshot(names, options, context);
  const mode = options.mode ?? configuredMode(loaded);
  const refusals = findRefusals(loaded.snapshot, mode, options.release ?? defaultRelease);
  if (refusals.length > 0) {
    return refuse(loaded, refusals, { context, palette, what: 'compiled' });
  }
  const ruleset = compileIn(mode, loaded, options);
  const files = selectFiles(renderFiles(ruleset, { form: options.form }), options.only);
  const diagnostics = [...loaded.diagnostics, ...ruleset.diagnostics];
  const compiled = { ruleset, files, loaded, diagnostics };
  const check =
    options.check === undefined ? undefined : await checkFiles(options.check, files, ruleset);
  await writeResult(compiled, { options, check, context, palette });
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  return hasErrors || (check && check.differences.length > 0) ? 1 : 0;
}

function compileIn(
  mode: Mode,
  { snapshot }: LoadedSnapshot,
  { layout, release = defaultRelease }: CompileOptions,
): Ruleset {
  if (layout !== undefined && mode !== 'nftables') {
    throw new UsageError(`--layout is for mode nftables, and the mode is ${mode}`);
  }
  return compile(snapshot, mode, { release, ...(layout && { layout }) });
}

interface ResultOutput extends Output {
  readonly options: CompileOptions;
  readonly check: Check | undefined;
}

async function writeResult(compiled: Compiled, output: ResultOutput): Promise<void> {
  const { ruleset, files, loaded, diagnostics } = compiled;
  const { options, check, context, palette } = output;
  const { io } = context;
  writeDiagnostics(diagnostics, io, { texts: loaded.texts, palette });
  io.writeError(`${printSummary(ruleset)}\n`);
  if (options.output !== undefined) io.writeError(`${await writeFiles(options.output, files)}\n`);
  const counts = countDiagnostics(diagnostics);
  if (counts !== '') io.writeError(`${counts}\n`);
  if (options.json) return io.writeOut(compilationJSON(compiled, check));
  if (check)
    return io.writeOut(printCheck(check, choosePalette(options.color, io.outIsTerminal, io)));
  if (options.output === undefined) io.writeOut(printFiles(files));
}

function compilationJSON(
  { ruleset, files, loaded, diagnostics }: Compiled,
  check: Check | undefined,
): string {
  const { mode, release, nodeName, summary } = ruleset;
  return printJSON('Compilation', {
    nodeName,
    mode,
    ...(ruleset.mode === 'nftables' && { layout: ruleset.layout }),
    release,
    summary,
    diagnostics: diagnostics.map((diagnostic) => diagnosticToJSON(diagnostic, loaded.texts)),
    ...(check ? { check } : { files }),
  });
}
