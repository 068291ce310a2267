import { expect, test } from 'vitest';
import { completeNodeState } from '../../src/snapshot/complete-node-state.ts';
import type { NodeState } from '../../src/snapshot/node-state.ts';
import { snapshotOf } from '../support/cluster.ts';

const read: NodeState = {
  nodeName: 'machine',
  kernel: '6.1.0',
  interfaces: [{ name: 'eth0', addresses: ['192.0.2.1/24'] }],
  sysctls: { a: 1, b: 2 },
  iptables: { backend: 'nft', randomFully: true, nfacct: false },
};

function completed(nodeState: NodeState): NodeState {
  const snapshot = { ...snapshotOf(), nodeState };
  const complete = completeNodeState(snapshot, read);
  expect({ ...complete, nodeState }).toEqual(snapshot);
  return complete.nodeState;
}

test('what the snapshot says wins, field by field; the rest is the node’s', () => {
  expect(completed({})).toEqual(read);
  expect(
    completed({ kernel: '5.4.0', sysctls: { b: 3, c: 4 }, iptables: { randomFully: false } }),
  ).toEqual({
    ...read,
    kernel: '5.4.0',
    sysctls: { a: 1, b: 3, c: 4 },
    iptables: { backend: 'nft', randomFully: false, nfacct: false },
  });
});

test('interfaces are one field', () => {
  const interfaces = [{ name: 'eth1', addresses: ['198.51.100.1/24'] }];
  expect(completed({ interfaces }).interfaces).toEqual(interfaces);
});
