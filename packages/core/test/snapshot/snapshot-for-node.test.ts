import { expect, test } from 'vitest';
import { createSnapshot } from '../../src/index.ts';
import { snapshotForNode } from '../../src/snapshot/snapshot-for-node.ts';

const nodes = ['node-a', 'node-b', 'node-c'].map((name) => ({ metadata: { name } }));
const states = [
  { nodeName: 'node-a', sysctls: { a: 1 } },
  { nodeName: 'Node-B', sysctls: { b: 1 } },
];

test('another node has its own state, and no problem of choosing', () => {
  const { snapshot } = createSnapshot({ nodes, nodeState: states as never });
  expect(snapshot.unusable.map(({ code }) => code)).toContain('NODE_AMBIGUOUS');
  const ofB = snapshotForNode(snapshot, 'node-b');
  expect(ofB).toMatchObject({ nodeName: 'node-b', nodeState: states[1], unusable: [] });
  expect(ofB.services).toBe(snapshot.services);
});

test('a node without a state of its own has none', () => {
  const { snapshot } = createSnapshot(
    { nodes, nodeState: { sysctls: { a: 1 } } },
    { nodeName: 'node-a' },
  );
  expect(snapshotForNode(snapshot, 'node-a')).toBe(snapshot);
  expect(snapshotForNode(snapshot, 'node-c').nodeState).toEqual({});
});
