import { isIP } from 'node:net';
import { Option, type Command } from 'commander';
import {
  defaultRelease,
  findRefusals,
  graphFormats,
  traceDumps,
  traceSnapshot,
  type DumpTrace,
  type GraphFormat,
  type Layout,
  type Mode,
  type Packet,
  type Release,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadTrace, type LoadedTrace } from '../input/load-trace.ts';
import { missedService } from '../input/missed-service.ts';
import { parseClient } from '../input/parse-client.ts';
import { parseTarget } from '../input/parse-target.ts';
import { resolveTarget } from '../input/resolve-target.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { writeTrace } from '../output/write-trace.ts';
import { UsageError } from '../usage-error.ts';
import { configuredMode, refuse } from './refuse.ts';
import {
  colorOption,
  jsonOption,
  layoutOption,
  liveOption,
  modeOption,
  nodeOption,
  releaseOption,
} from './shared-options.ts';

interface TraceCommandOptions {
  readonly from: string;
  readonly to: string;
  readonly live?: readonly string[];
  readonly mode?: Mode;
  readonly layout?: Layout;
  readonly node?: string;
  readonly release?: Release;
  readonly graph?: GraphFormat;
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
The packet is the first of a connection. Without --live it meets the rules that kube-proxy would program; with it those of
the dumps, other people's among them, and a snapshot is not needed but for names. A pod's packets meet the rules of its own
node: --node is found by the pod's address where the snapshot has it. A client outside calls the node of --node.
Where a rule is not known, the outcome is "unknown", never a guess.

Examples:
  kube-rules trace examples/online-shop.yaml --from 10.244.1.5 --to 10.96.14.20:80
  kube-rules trace examples/online-shop.yaml --from 10.244.1.5 --to 10.96.0.10:53/udp --mode nftables --json
  kube-rules trace examples/online-shop.yaml --node node-a --from external:198.51.100.9 --to 203.0.113.10:443
  kube-rules trace examples/online-shop.yaml --node node-a --from node --to prod/web:http --graph mermaid
  kube-rules trace examples/online-shop.yaml --live examples/dump-of-node-a --node node-a --from node --to prod/web:http

Exit status: 0 all of it arrives (delivered or accepted), 1 some is rejected, dropped or unknown, or sent on to an address
of a Service that no rule takes, 2 wrong use or unusable input.`;

const fromOption = new Option(
  '--from <client>',
  "who calls: a pod's address, node, or external:ADDRESS",
).makeOptionMandatory();

const toOption = new Option(
  '--to <target>',
  'what is called: ADDRESS:PORT, or a Service (prod/web:http); /udp or /sctp behind it, else TCP',
).makeOptionMandatory();

const graphOption = new Option('--graph <format>', 'the paths as a picture')
  .choices([...graphFormats])
  .conflicts('json');

/** `kube-rules trace`: what becomes of a packet, and by which rules. */
export function addTraceCommand(program: Command, context: CommandContext): void {
  program
    .command('trace')
    .description('take a packet through the rules: where it arrives, with which source, and why')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(fromOption)
    .addOption(toOption)
    .addOption(liveOption())
    .addOption(modeOption)
    .addOption(layoutOption)
    .addOption(nodeOption)
    .addOption(releaseOption)
    .addOption(graphOption)
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: TraceCommandOptions) => {
      context.setExitStatus(await runTrace(files, options, context));
    });
}

async function runTrace(
  files: string[],
  options: TraceCommandOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { from, to, node, live = [], release = defaultRelease } = options;
  const client = parseClient(from);
  const target = parseTarget(to);
  const input = await loadTrace({ files, live, node }, client, context);
  const { loaded } = input;
  const mode = options.mode ?? (loaded ? configuredMode(loaded) : 'iptables');
  refuseLayout(options, mode);
  const refusals = loaded ? findRefusals(loaded.snapshot, mode, release) : [];
  if (loaded && refusals.length > 0) {
    const palette = choosePalette(options.color, context.io.errorIsTerminal, context.io);
    return refuse(loaded, refusals, { context, palette, what: 'traced' });
  }
  const snapshot = loaded?.snapshot;
  const { address, port, protocol } = resolveTarget(target, { snapshot, mode, release, client });
  refuseTwoFamilies(client.address, address);
  const packet: Packet = {
    source: client.address,
    destination: address,
    protocol,
    destinationPort: port,
  };
  const tracing: Tracing = { packet, input, mode, release, options };
  const { outcomes, diagnostics } = findOutcomes(tracing);
  const missed = missedService(outcomes, address, snapshot);
  writeTrace({ outcomes, diagnostics, packet, input, mode, missed }, options, context.io);
  return missed === undefined && outcomes.every(({ verdict }) => arrived.has(verdict)) ? 0 : 1;
}

const arrived: ReadonlySet<string> = new Set(['delivered', 'accepted']);

function refuseLayout({ layout, live }: TraceCommandOptions, mode: Mode): void {
  if (layout === undefined) return;
  if (live) throw new UsageError('--layout is for rules of a snapshot; dumps have theirs');
  if (mode !== 'nftables')
    throw new UsageError(`--layout is for mode nftables, and the mode is ${mode}`);
}

function refuseTwoFamilies(from: string, to: string): void {
  if (from !== 'node' && isIP(from) !== isIP(to))
    throw new UsageError(
      `--from ${from} is IPv${isIP(from)} and the target, ${to}, IPv${isIP(to)}; give two of one family`,
    );
}

interface Tracing {
  readonly packet: Packet;
  readonly input: LoadedTrace;
  readonly mode: Mode;
  readonly release: Release;
  readonly options: TraceCommandOptions;
}

function findOutcomes({ packet, input, mode, release, options }: Tracing): DumpTrace {
  const { loaded, dumps } = input;
  if (dumps) {
    const ofCluster = loaded && { snapshot: loaded.snapshot, mode };
    return traceDumps(dumps.files, packet, { ...ofCluster, release });
  }
  if (!loaded) return { outcomes: [], diagnostics: [] };
  const layout = options.layout && { layout: options.layout };
  const { outcomes } = traceSnapshot(loaded.snapshot, packet, { mode, release, ...layout });
  return { outcomes, diagnostics: [] };
}
