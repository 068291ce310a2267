import { expect, test } from 'vitest';
import type { GraphNode } from '../../src/graph/graph.ts';
import { skipNodes } from '../../src/graph/skip-nodes.ts';

function node(id: string): GraphNode {
  return { id, kind: 'chain', lines: [id] };
}

test('what leads to a skipped node leads on, with its own label', () => {
  const graph = {
    nodes: ['a', 'b', 'c', 'd'].map(node),
    edges: [
      { from: 'a', to: 'b', label: 'external traffic' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'd', label: 'lost' },
    ],
  };
  expect(skipNodes(graph, ({ id }) => id === 'b' || id === 'c')).toEqual({
    nodes: [node('a'), node('d')],
    edges: [{ from: 'a', to: 'd', label: 'external traffic' }],
  });
});
