import { escapeControls } from '../util/escape-controls.ts';
import type { Graph, GraphNodeKind } from './graph.ts';
import { shortNames } from './short-names.ts';

const shapes: Readonly<Record<GraphNodeKind, string>> = {
  client: 'oval',
  service: 'component',
  address: 'box, style=rounded',
  chain: 'box',
  endpoint: 'oval',
  refusal: 'octagon',
};

/** A digraph of Graphviz, from left to right. */
export function printDOT(graph: Graph): string {
  const nameOf = shortNames(graph);
  const lines = [
    'digraph {',
    '  rankdir=LR',
    ...graph.nodes.map(
      ({ id, kind, lines: label }) =>
        `  ${nameOf(id)} [label="${label.map(escape).join('\\n')}", shape=${shapes[kind]}]`,
    ),
    ...graph.edges.map(({ from, to, label }) => {
      const attributes = label === undefined ? '' : ` [label="${escape(label)}"]`;
      return `  ${nameOf(from)} -> ${nameOf(to)}${attributes}`;
    }),
    '}',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A backslash would begin one of the escapes that Graphviz replaces in labels. */
function escape(text: string): string {
  return escapeControls(text).replaceAll(/["\\]/g, String.raw`\$&`);
}
