import { expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.ts';
import { printGraph } from '../../src/graph/print-graph.ts';

const graph: Graph = {
  nodes: [
    { id: 'service', kind: 'service', lines: ['prod/web:http'] },
    { id: 'address', kind: 'address', lines: ['cluster IP', '10.96.0.10:80 tcp'] },
    { id: 'chain', kind: 'chain', lines: ['KUBE-SVC-CDGGSHYLG3RE2FKL'] },
    { id: 'endpoint', kind: 'endpoint', lines: ['10.244.1.5:8080'] },
    { id: 'refusal', kind: 'refusal', lines: ['dropped'] },
    { id: 'client', kind: 'client', lines: ['node'] },
  ],
  edges: [
    { from: 'service', to: 'address' },
    { from: 'address', to: 'chain' },
    { from: 'chain', to: 'endpoint', label: '1 in 2' },
  ],
};

test('Mermaid', () => {
  expect(printGraph(graph, 'mermaid')).toBe(
    `flowchart LR
  n1[["prod/web:http"]]
  n2("cluster IP<br/>10.96.0.10:80 tcp")
  n3["KUBE-SVC-CDGGSHYLG3RE2FKL"]
  n4(["10.244.1.5:8080"])
  n5{{"dropped"}}
  n6(["node"])
  n1 --> n2
  n2 --> n3
  n3 -->|"1 in 2"| n4
`,
  );
});

test('DOT', () => {
  expect(printGraph(graph, 'dot')).toBe(
    String.raw`digraph {
  rankdir=LR
  n1 [label="prod/web:http", shape=component]
  n2 [label="cluster IP\n10.96.0.10:80 tcp", shape=box, style=rounded]
  n3 [label="KUBE-SVC-CDGGSHYLG3RE2FKL", shape=box]
  n4 [label="10.244.1.5:8080", shape=oval]
  n5 [label="dropped", shape=octagon]
  n6 [label="node", shape=oval]
  n1 -> n2
  n2 -> n3
  n3 -> n4 [label="1 in 2"]
}
`,
  );
});

const hostile = '"]; click n1 "x" <script> #quot; \\N `a` \u001b[31m\nend';

test('nothing in a label can end it or act', () => {
  const one: Graph = {
    nodes: [{ id: hostile, kind: 'chain', lines: [hostile] }],
    edges: [{ from: hostile, to: hostile, label: hostile }],
  };
  const mermaid =
    '#34;]#59; click n1 #34;x#34; #60;script#62; #35;quot#59; #92;N #96;a#96; #92;u001b[31m#92;u000aend';
  expect(printGraph(one, 'mermaid')).toBe(
    `flowchart LR\n  n1["${mermaid}"]\n  n1 -->|"${mermaid}"| n1\n`,
  );
  const dot =
    String.raw`\"]; click n1 \"x\" <script> #quot; \\N ` +
    '`a`' +
    String.raw` \\u001b[31m\\u000aend`;
  expect(printGraph(one, 'dot')).toBe(
    `digraph {\n  rankdir=LR\n  n1 [label="${dot}", shape=box]\n  n1 -> n1 [label="${dot}"]\n}\n`,
  );
});
