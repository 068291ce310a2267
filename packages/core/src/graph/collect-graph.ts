import type { Graph, GraphEdge, GraphNode } from './graph.ts';

/** Takes nodes and edges as they are met. Of nodes with one id that with the most lines counts; equal edges are one. */
export interface GraphCollector {
  readonly addNode: (node: GraphNode) => void;
  readonly addEdge: (edge: GraphEdge) => void;
  /** Edges from or to a node that nobody added are left out. */
  readonly graph: () => Graph;
}

export function collectGraph(): GraphCollector {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  return {
    addNode: (node) => {
      if (node.lines.length > (nodes.get(node.id)?.lines.length ?? -1)) nodes.set(node.id, node);
    },
    addEdge: (edge) => {
      edges.set(JSON.stringify([edge.from, edge.to, edge.label]), edge);
    },
    graph: () => ({
      nodes: [...nodes.values()],
      edges: [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
    }),
  };
}
