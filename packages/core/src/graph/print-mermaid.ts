import { escapeControls } from '../util/escape-controls.ts';
import type { Graph, GraphNode, GraphNodeKind } from './graph.ts';
import { shortNames } from './short-names.ts';

const shapes: Readonly<Record<GraphNodeKind, readonly [string, string]>> = {
  client: ['(["', '"])'],
  service: ['[["', '"]]'],
  address: ['("', '")'],
  chain: ['["', '"]'],
  endpoint: ['(["', '"])'],
  refusal: ['{{"', '"}}'],
};

/** A flowchart of Mermaid, from left to right. */
export function printMermaid(graph: Graph): string {
  const nameOf = shortNames(graph);
  const lines = [
    'flowchart LR',
    ...graph.nodes.map((node) => `  ${nameOf(node.id)}${printNode(node)}`),
    ...graph.edges.map(({ from, to, label }) => {
      const text = label === undefined ? '' : `|"${escape(label)}"|`;
      return `  ${nameOf(from)} -->${text} ${nameOf(to)}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function printNode({ kind, lines }: GraphNode): string {
  const [before, after] = shapes[kind];
  return `${before}${lines.map(escape).join('<br/>')}${after}`;
}

/** Mermaid reads labels as HTML or Markdown, whose signs are written as its own entities. */
function escape(text: string): string {
  return escapeControls(text).replaceAll(
    /["#&'*;<>\\`]/g,
    (sign) => `#${sign.codePointAt(0) ?? 0};`,
  );
}
