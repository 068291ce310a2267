import { expect, test } from 'vitest';
import { nodeOf } from '../../src/service/node-of.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

test('finds the Node whose rules are wanted', () => {
  const nodes = ['node-a', 'node-b'].map((name) => nodeInput({ metadata: { name } }));
  const snapshot = {
    ...snapshotOf({ nodes: nodes.slice(0, 1) }),
    nodes: snapshotOf({ nodes }).nodes,
  };
  expect(nodeOf({ ...snapshot, nodeName: 'node-b' })?.metadata.name).toBe('node-b');
  expect(nodeOf({ ...snapshot, nodeName: 'node-x' })).toBeUndefined();
});
