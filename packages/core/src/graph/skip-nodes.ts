import { collectGraph } from './collect-graph.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';

/** A graph without some of its nodes: what leads to one leads on to where that led. */
export function skipNodes(graph: Graph, isSkipped: (node: GraphNode) => boolean): Graph {
  const skipped = new Set(graph.nodes.filter(isSkipped).map(({ id }) => id));
  const leading = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const known = leading.get(edge.from);
    if (known) known.push(edge);
    else leading.set(edge.from, [edge]);
  }
  const { addNode, addEdge, graph: collected } = collectGraph();
  for (const node of graph.nodes) if (!skipped.has(node.id)) addNode(node);
  for (const edge of graph.edges)
    if (!skipped.has(edge.from)) for (const one of leadOn(edge, skipped, leading)) addEdge(one);
  return collected();
}

function leadOn(
  edge: GraphEdge,
  skipped: ReadonlySet<string>,
  leading: ReadonlyMap<string, readonly GraphEdge[]>,
): GraphEdge[] {
  if (!skipped.has(edge.to)) return [edge];
  return (leading.get(edge.to) ?? []).flatMap(({ to }) =>
    to === edge.from ? [] : leadOn({ ...edge, to }, skipped, leading),
  );
}
