import {
  escapeControls,
  printShare,
  type Packet,
  type TracedOutcome,
  type TracedStep,
} from '@kube-rules/core';
import { describeStep, nameRule } from './describe-step.ts';
import type { Palette } from './palette.ts';
import type { NodeOfEndpoint } from './endpoint-nodes.ts';
import { printAnswer, printEndpoint } from './trace-answer.ts';

export interface TraceReport {
  readonly outcomes: readonly TracedOutcome[];
  readonly packet: Packet;
  /** Under which rules: `on node-a, iptables mode`. */
  readonly rules: string;
  readonly nodeOf: NodeOfEndpoint;
  /** The Service to whose address the packet was sent, though no rule has it. */
  readonly missed: string | undefined;
}

/** Branches beyond these go like the others. */
const mostShown = 3;

/** First the answer in one sentence, then what was asked, then the path: once where all packets take it, then by outcome. */
export function printTrace(report: TraceReport, palette: Palette): string {
  const { outcomes, packet, rules, nodeOf, missed } = report;
  const shared = sharedSteps(outcomes);
  const isParted = outcomes.length > 1;
  const hidden = outcomes.length - mostShown;
  const shown = hidden > 1 ? outcomes.slice(0, mostShown) : outcomes;
  const common = outcomes[0]?.path.slice(0, shared) ?? [];
  const blocks = [
    [`${printAnswer(outcomes, nodeOf, palette)}${palette.red(printMissed(missed, packet))}`],
    [escapeControls(`${printPacket(packet)}, ${rules}`), ...printSteps(common, palette)],
    ...(isParted ? shown.map((outcome) => printBranch(outcome, { shared, nodeOf, palette })) : []),
    ...(hidden > 1 ? [[`... and ${hidden} more (--json lists all)`]] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Branching {
  /** How many steps were told before the ways part. */
  readonly shared: number;
  readonly nodeOf: NodeOfEndpoint;
  readonly palette: Palette;
}

function printBranch(outcome: TracedOutcome, { shared, nodeOf, palette }: Branching): string[] {
  const { probability, verdict, destination, path } = outcome;
  const to = verdict === 'delivered' || verdict === 'accepted' ? 'to' : 'on the way to';
  const end = `${verdict} ${to} ${printEndpoint(destination, nodeOf)}`;
  return [
    palette.bold(escapeControls(`${printShare(probability)}: ${end}`)),
    ...printSteps(path.slice(shared), palette),
  ];
}

function printSteps(steps: readonly TracedStep[], palette: Palette): string[] {
  return steps.flatMap((step) => {
    const what = `  ${escapeControls(describeStep(step))}`;
    if (step.kind !== 'rule') return [what];
    return [what, palette.dim(`      ${step.hook}, ${escapeControls(nameRule(step))}`)];
  });
}

function printMissed(missed: string | undefined, { destination }: Packet): string {
  if (missed === undefined) return '';
  return escapeControls(`; no rule takes it, though ${destination} is an address of ${missed}`);
}

function printPacket({ source, destination, destinationPort, protocol }: Packet): string {
  const host = destination.includes(':') ? `[${destination}]` : destination;
  const from = source === 'node' ? 'the node itself' : source;
  return `${protocol} from ${from} to ${host}:${destinationPort}`;
}

/** How many steps all paths begin with. */
function sharedSteps(outcomes: readonly TracedOutcome[]): number {
  const [first, ...others] = outcomes.map(({ path }) => path.map((step) => JSON.stringify(step)));
  if (!first) return 0;
  const parting = first.findIndex((step, index) => others.some((path) => path[index] !== step));
  return parting === -1 ? first.length : parting;
}
