import { escapeControls, printShare, type TracedOutcome, type TracedStep } from '@kube-rules/core';
import { describeStep, nameRule } from './describe-step.ts';
import type { NodeOfEndpoint } from './endpoint-nodes.ts';
import type { Palette } from './palette.ts';

const mostNamed = 6;

/** What becomes of a packet, in one sentence; what is likeliest comes first. */
export function printAnswer(
  outcomes: readonly TracedOutcome[],
  nodeOf: NodeOfEndpoint,
  palette: Palette,
): string {
  const groups = new Map<string, TracedOutcome[]>();
  for (const outcome of [...outcomes].sort((a, b) => b.probability - a.probability)) {
    const key = keyOf(outcome);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()]
    .map((group) => {
      const [first] = group;
      return first ? paintOf(first, palette)(escapeControls(printGroup(first, group, nodeOf))) : '';
    })
    .join('; ');
}

/** What is said of several endpoints at once. */
function keyOf({ probability, verdict, source, masqueraded, ...outcome }: TracedOutcome): string {
  const seen = masqueraded ? source : 'kept';
  const alone = verdict === 'delivered' ? '' : outcome.destination;
  const detail = [outcome.to, outcome.with, outcome.reason];
  return JSON.stringify([printShare(probability), verdict, seen, alone, ...detail]);
}

function paintOf({ verdict }: TracedOutcome, palette: Palette): (text: string) => string {
  if (verdict === 'delivered' || verdict === 'accepted') return palette.green;
  return verdict === 'unknown' ? palette.yellow : palette.red;
}

function printGroup(
  first: TracedOutcome,
  group: readonly TracedOutcome[],
  nodeOf: NodeOfEndpoint,
): string {
  const { verdict, destination, to } = first;
  const share = printShare(first.probability);
  switch (verdict) {
    case 'delivered': {
      const each = group.length > 1 ? ' each' : '';
      return `${share}${each} to ${listEndpoints(group, nodeOf)}, ${printSource(first)}`;
    }
    case 'accepted':
      return to === 'node'
        ? `${share} to a process of the node itself at ${destination}, not by a Service, ${printSource(first)}`
        : `${share} sent on to ${destination} as it is, not by a Service, ${printSource(first)}`;
    case 'rejected':
      return `${share} rejected with ${first.with ?? 'an answer'}: ${whyRefused(first.path)}`;
    case 'dropped':
      return `${share} dropped: ${whyRefused(first.path)}`;
    case 'unknown':
      return `${share} not known: ${first.reason ?? 'a rule decides that is not known'}${wayOn(first)}`;
  }
}

/** What would tell more. */
function wayOn({ reason, path }: TracedOutcome): string {
  const lacksAddress = path.length === 0 && reason?.startsWith("the node's own address") === true;
  return lacksAddress ? ' (name a snapshot, or have ip -json addr among the dumps)' : '';
}

/** An endpoint with its node: `10.244.1.5:8080 [node-a]`. */
export function printEndpoint(destination: string, nodeOf: NodeOfEndpoint): string {
  const nodeName = nodeOf(destination);
  return nodeName === undefined ? destination : `${destination} [${nodeName}]`;
}

function listEndpoints(group: readonly TracedOutcome[], nodeOf: NodeOfEndpoint): string {
  const names = [...group].map(({ destination }) => printEndpoint(destination, nodeOf)).sort();
  const hidden = names.length - mostNamed;
  const shown = hidden > 1 ? [...names.slice(0, mostNamed), `${hidden} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}

function printSource({ masqueraded, source }: TracedOutcome): string {
  if (!masqueraded) return 'source kept';
  return `source becomes ${source ?? 'an address of the node that is not known'}`;
}

/** Why a packet goes no further: by whom, where a Service has a part in it. */
function whyRefused(path: readonly TracedStep[]): string {
  const last = path.at(-1);
  // Whoever leads to nftables mode's own chain for refusals has decided.
  const isShared = last?.kind === 'rule' && last.chain === 'reject-chain';
  const deciding = isShared
    ? (path.findLast(({ servicePort }) => servicePort !== undefined) ?? last)
    : last;
  if (!deciding) return 'no rule is known that does it';
  if (deciding.kind === 'rule' && deciding.servicePort === undefined)
    return `${nameRule(deciding)}: ${describeStep(deciding)}`;
  return describeStep(deciding);
}
