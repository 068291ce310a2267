import type { Command } from 'commander';
import { audit, defaultRelease, findRefusals, type Mode } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot } from '../input/load-snapshot.ts';
import { readDumpFiles, refuseOneInputTwice } from '../input/read-dump-files.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printAudit } from '../output/print-audit.ts';
import { diagnosticToJSON, printJSON } from '../output/to-json.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import { configuredMode, refuse } from './refuse.ts';
import { colorOption, jsonOption, liveOption, modeOption, nodeOption } from './shared-options.ts';

interface AuditOptions {
  readonly live: readonly string[];
  readonly mode?: Mode;
  readonly node?: string;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
Dumps are what the tools of the node print: iptables-save -c, ip6tables-save -c, ipset save, ipvsadm -Sn,
ip -json addr, nft list ruleset. In a folder they are named ipv4.iptables-save, ipv6.iptables-save (or
ipv4.iptables-nft-save and ipv4.iptables-legacy-save), ipset-save, ipvsadm-save, ip-addr.json, nft-list.

Examples:
  kube-rules audit examples/online-shop.yaml --node node-a --live examples/dump-of-node-a
  kube-rules audit examples/online-shop.yaml --node node-a --live examples/dump-of-node-a --json

Exit status: 0 the node is whole, 1 it is not, 2 wrong use or unusable input.`;

/** `kube-rules audit`: what a node has, held against what it should have. */
export function addAuditCommand(program: Command, context: CommandContext): void {
  program
    .command('audit')
    .description("hold a node's dumps against what kube-proxy should have programmed there")
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(liveOption().makeOptionMandatory())
    .addOption(modeOption)
    .addOption(nodeOption)
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: AuditOptions) => {
      context.setExitStatus(await runAudit(files, options, context));
    });
}

async function runAudit(
  names: string[],
  options: AuditOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  refuseOneInputTwice(names, options.live);
  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  const loaded = await loadSnapshot(names, options, context);
  const dumps = await readDumpFiles(options.live, io);
  const mode = options.mode ?? configuredMode(loaded);
  const refusals = findRefusals(loaded.snapshot, mode, defaultRelease);
  if (refusals.length > 0) return refuse(loaded, refusals, { context, palette, what: 'compared' });

  const result = audit(loaded.snapshot, mode, dumps.files);
  const texts = { ...loaded.texts, ...dumps.files };
  const diagnostics = [...loaded.diagnostics, ...dumps.diagnostics, ...result.diagnostics];
  if (options.json) {
    const shown = diagnostics.map((diagnostic) => diagnosticToJSON(diagnostic, texts));
    io.writeOut(printJSON('Audit', { ...result, diagnostics: shown }));
  } else {
    const serious = diagnostics.filter(({ severity }) => severity === 'error');
    writeDiagnostics(serious, io, { texts, palette });
    io.writeOut(printAudit(result, choosePalette(options.color, io.outIsTerminal, io)));
  }
  const isReadable = diagnostics.every(({ severity }) => severity !== 'error');
  return result.isWhole && isReadable ? 0 : 1;
}
