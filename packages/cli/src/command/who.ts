import type { Command } from 'commander';
import { defaultRelease, findRefusals, whoOwns, type Mode } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import { readDumpFiles, refuseOneInputTwice } from '../input/read-dump-files.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printWho } from '../output/print-who.ts';
import { printJSON } from '../output/to-json.ts';
import { configuredMode, refuse } from './refuse.ts';
import { colorOption, jsonOption, liveOption, modeOption, nodeOption } from './shared-options.ts';

interface WhoCommandOptions {
  readonly live?: readonly string[];
  readonly mode?: Mode;
  readonly node?: string;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
What to ask for: an IP address, IP:PORT or :PORT, the name of a chain, set or map, or a line of a dump.

Examples:
  kube-rules who 10.96.0.10 examples/online-shop.yaml --node node-a
  kube-rules who KUBE-SERVICES examples/online-shop.yaml --node node-a
  kube-rules who 10.244.1.11:8080 examples/online-shop.yaml --node node-a --live examples/dump-of-node-a

Exit status: 0 found, 1 nobody's, 2 wrong use or unusable input.`;

/** `kube-rules who`: the Service, endpoint and reason behind a rule, a name or an address. */
export function addWhoCommand(program: Command, context: CommandContext): void {
  program
    .command('who')
    .description('tell which Service and endpoint a rule, a chain or an address belongs to')
    .argument('<query>', 'a line of a dump, a name, or an address')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(liveOption())
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (query: string, files: string[], options: WhoCommandOptions) => {
      context.setExitStatus(await runWho(query, files, { options, context }));
    });
}

/** A rule begins as an option does; with a space before it, it is an argument. */
export function keepRules(args: readonly string[]): string[] {
  return args.map((arg) => (/^-[A-Za-z] /.test(arg) ? ` ${arg}` : arg));
}

async function runWho(
  query: string,
  names: string[],
  { options, context }: { options: WhoCommandOptions; context: CommandContext },
): Promise<ExitStatus> {
  const { io } = context;
  refuseOneInputTwice(names, options.live ?? []);
  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  const loaded = await loadSnapshot(names, options, context);
  const dumps = await readDumpFiles(options.live ?? [], io);
  const mode = options.mode ?? configuredMode(loaded);
  const refusals = findRefusals(loaded.snapshot, mode, defaultRelease);
  if (refusals.length > 0) return refuse(loaded, refusals, { context, palette, what: 'looked up' });
  const found = whoOwns(query, loaded.snapshot, { mode, files: dumps.files });
  io.writeOut(options.json ? printJSON('Who', { query, ...found }) : printWho(query, found));
  const isKnown = found.addresses.length + found.owners.length + found.rules.length > 0;
  return isKnown || found.purpose !== undefined ? 0 : 1;
}
