import { expect, test } from 'vitest';
import { collectGraph } from '../../src/graph/collect-graph.ts';

test('of nodes with one id that with the most lines counts, in the place of the first', () => {
  const { addNode, graph } = collectGraph();
  addNode({ id: 'a', kind: 'address', lines: ['10.96.0.10:80'] });
  addNode({ id: 'b', kind: 'endpoint', lines: ['10.244.1.5:8080'] });
  addNode({ id: 'a', kind: 'address', lines: ['cluster IP', '10.96.0.10:80'] });
  addNode({ id: 'a', kind: 'address', lines: ['again', '10.96.0.10:80'] });
  expect(graph().nodes).toEqual([
    { id: 'a', kind: 'address', lines: ['cluster IP', '10.96.0.10:80'] },
    { id: 'b', kind: 'endpoint', lines: ['10.244.1.5:8080'] },
  ]);
});

test('equal edges are one, those with another label are not, and those of no node are left out', () => {
  const { addNode, addEdge, graph } = collectGraph();
  for (const id of ['a', 'b']) addNode({ id, kind: 'chain', lines: [id] });
  addEdge({ from: 'a', to: 'b' });
  addEdge({ from: 'a', to: 'b' });
  addEdge({ from: 'a', to: 'b', label: '1 in 2' });
  addEdge({ from: 'a', to: 'nobody' });
  expect(graph().edges).toEqual([
    { from: 'a', to: 'b' },
    { from: 'a', to: 'b', label: '1 in 2' },
  ]);
});
