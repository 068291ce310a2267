import {
  graphOfTrace,
  printGraph,
  type Diagnostic,
  type GraphFormat,
  type Mode,
  type Packet,
  type SourceTexts,
  type TracedOutcome,
} from '@kube-rules/core';
import type { LoadedTrace } from '../input/load-trace.ts';
import type { CommandIO } from '../io.ts';
import { endpointNodes } from './endpoint-nodes.ts';
import { escapeLines } from './escape-lines.ts';
import { choosePalette, type ColorChoice } from './palette.ts';
import { printTrace } from './print-trace.ts';
import { diagnosticToJSON, printJSON } from './to-json.ts';
import { writeDiagnostics } from './write-diagnostics.ts';

export interface FinishedTrace {
  readonly outcomes: readonly TracedOutcome[];
  /** Of the trace itself. */
  readonly diagnostics: readonly Diagnostic[];
  readonly packet: Packet;
  readonly input: LoadedTrace;
  readonly mode: Mode;
  /** The Service to whose address the packet was sent, though no rule has it. */
  readonly missed: string | undefined;
}

export interface TraceOutput {
  readonly live?: readonly string[];
  readonly graph?: GraphFormat;
  readonly json?: true;
  readonly color: ColorChoice;
}

/** Writes a trace in the form that was asked for, and what was wrong with the input. */
export function writeTrace(finished: FinishedTrace, options: TraceOutput, io: CommandIO): void {
  const { loaded, dumps } = finished.input;
  const diagnostics = [
    ...(loaded?.diagnostics ?? []),
    ...(dumps?.diagnostics ?? []),
    ...finished.diagnostics,
  ];
  const texts = { ...loaded?.texts, ...dumps?.files };
  if (options.json) {
    io.writeOut(printAsJSON(finished, diagnostics, texts));
    return;
  }
  const serious = diagnostics.filter(({ severity }) => severity === 'error');
  const palette = choosePalette(options.color, io.errorIsTerminal, io);
  writeDiagnostics(serious, io, { texts, palette });
  io.writeError(escapeLines(warnOfHome(finished)));
  io.writeOut(
    options.graph ? printAsGraph(finished, options.graph) : printAsText(finished, options, io),
  );
}

function printAsJSON(
  { outcomes, packet, mode, missed, input: { loaded, dumps } }: FinishedTrace,
  diagnostics: readonly Diagnostic[],
  texts: SourceTexts,
): string {
  return printJSON('Trace', {
    ...(loaded && { nodeName: loaded.snapshot.nodeName }),
    ...(!dumps && { mode }),
    packet,
    outcomes,
    ...(missed !== undefined && { missed }),
    diagnostics: diagnostics.map((diagnostic) => diagnosticToJSON(diagnostic, texts)),
  });
}

function printAsGraph({ outcomes, packet }: FinishedTrace, format: GraphFormat): string {
  return printGraph(graphOfTrace(outcomes, packet), format);
}

function printAsText(
  { outcomes, packet, mode, missed, input: { loaded, dumps } }: FinishedTrace,
  { live = [], color }: TraceOutput,
  io: CommandIO,
): string {
  const rules = dumps ? `rules of ${live.join(', ')}` : `${mode} mode`;
  const where = loaded ? `on ${loaded.snapshot.nodeName}, ${rules}` : rules;
  const nodeOf = endpointNodes(loaded?.snapshot);
  const palette = choosePalette(color, io.outIsTerminal, io);
  return printTrace({ outcomes, packet, rules: where, nodeOf, missed }, palette);
}

/** A pod's packets are translated before they leave its node. */
function warnOfHome({ packet, input: { awayFrom, loaded } }: FinishedTrace): string {
  if (awayFrom === undefined || !loaded) return '';
  const { nodeName } = loaded.snapshot;
  return `kube-rules: ${packet.source} is a pod of ${awayFrom}, whose rules its packets meet first (--node ${awayFrom}); these are those of ${nodeName}\n`;
}
