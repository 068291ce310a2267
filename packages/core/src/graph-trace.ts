import { collectGraph } from './graph/collect-graph.ts';
import type { Graph, GraphNode } from './graph/graph.ts';
import type { Packet } from './trace/walk/packet.ts';
import type { TracedOutcome, TracedStep } from './traced-step.ts';
import { printShare } from './util/print-share.ts';

/** The paths of a trace, from the client by the chains to what becomes of the packet; they part where chance decides. */
export function graphOfTrace(outcomes: readonly TracedOutcome[], { source }: Packet): Graph {
  const { addNode, addEdge, graph } = collectGraph();
  const client = 'client';
  addNode({ id: client, kind: 'client', lines: [source] });
  const ways = outcomes.map((outcome) => ({ outcome, nodes: nodesOf(outcome) }));
  const likelihood = new Map<string, number>([[client, 1]]);
  for (const { outcome, nodes } of ways)
    for (const { id } of nodes) likelihood.set(id, (likelihood.get(id) ?? 0) + outcome.probability);
  for (const { nodes } of ways) {
    let from = client;
    for (const node of nodes) {
      const share = printShare((likelihood.get(node.id) ?? 1) / (likelihood.get(from) ?? 1));
      addNode(node);
      addEdge({ from, to: node.id, ...(share !== 'always' && { label: share }) });
      from = node.id;
    }
  }
  return graph();
}

/** Two ways share a node as long as they have not parted. */
function nodesOf(outcome: TracedOutcome): GraphNode[] {
  const nodes: GraphNode[] = [];
  let id = '';
  for (const step of outcome.path) {
    const lines = linesOf(step);
    if (!lines) continue;
    const key = lines.join(' ');
    if (nodes.at(-1)?.lines.join(' ') === key) continue;
    id = `${id}/${key}`;
    nodes.push({ id, kind: 'chain', lines });
  }
  const end = endOf(outcome);
  return [...nodes, { ...end, id: `${id}/${JSON.stringify(end.lines)}` }];
}

function linesOf(step: TracedStep): string[] | undefined {
  const whose = step.servicePort === undefined ? [] : [step.servicePort];
  switch (step.kind) {
    case 'rule':
      // Of the chains that all Services share, only the rule is one's.
      return [step.chain, `${step.table}, ${step.hook}`, ...whose];
    case 'policy':
      return [`${step.chain}, policy ${step.policy}`, `${step.table}, ${step.hook}`];
    case 'virtualServer':
      return [`virtual server ${step.service}`, `${step.scheduler}, ${step.hook}`, ...whose];
    case 'route':
      return undefined;
  }
}

function endOf(outcome: TracedOutcome): Omit<GraphNode, 'id'> {
  const { verdict, destination, source, masqueraded } = outcome;
  const detail = outcome.with ?? outcome.reason;
  const how = detail === undefined ? verdict : `${verdict}: ${detail}`;
  if (verdict !== 'delivered' && verdict !== 'accepted')
    return { kind: 'refusal', lines: [how, destination] };
  const seen = masqueraded ? `source ${source ?? 'not known'}` : 'source kept';
  return { kind: 'endpoint', lines: [destination, `${how}, ${seen}`] };
}
