import { expect, test } from 'vitest';
import { sortGraph } from '../../src/graph/sort-graph.ts';

test('from Services by their names to what they lead to, and what nothing leads to last', () => {
  const graph = sortGraph({
    nodes: [
      { id: 'lonely', kind: 'chain', lines: ['lonely'] },
      { id: 'endpoint', kind: 'endpoint', lines: ['10.244.1.5:8080'] },
      { id: 'chain', kind: 'chain', lines: ['KUBE-SVC-A'] },
      { id: 'b', kind: 'service', lines: ['prod/web'] },
      { id: 'a', kind: 'service', lines: ['prod/cart'] },
    ],
    edges: [
      { from: 'chain', to: 'endpoint' },
      { from: 'b', to: 'endpoint' },
      { from: 'b', to: 'chain' },
      { from: 'a', to: 'chain' },
    ],
  });
  expect(graph.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'chain', 'endpoint', 'lonely']);
  expect(graph.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'a chain',
    'b chain',
    'b endpoint',
    'chain endpoint',
  ]);
});
