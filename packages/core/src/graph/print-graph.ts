import type { Graph } from './graph.ts';
import { printDOT } from './print-dot.ts';
import { printMermaid } from './print-mermaid.ts';

export const graphFormats = ['mermaid', 'dot'] as const;

export type GraphFormat = (typeof graphFormats)[number];

const printers: Readonly<Record<GraphFormat, (graph: Graph) => string>> = {
  mermaid: printMermaid,
  dot: printDOT,
};

/** A picture in the language of Mermaid or Graphviz. Whatever stands in labels stays a label. */
export function printGraph(graph: Graph, format: GraphFormat): string {
  return printers[format](graph);
}
