import { expect, test } from 'vitest';
import { podBridgeOf } from '../../src/service/pod-bridge-of.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

const interfaces = [
  { name: 'eth0', addresses: ['192.0.2.11/24'] },
  { name: 'cni0', addresses: ['10.244.1.1/24'] },
];

test("the interface with an address of the Node's pod CIDR", () => {
  const nodeState = { interfaces };
  const ofPods = [nodeInput({ spec: { podCIDRs: ['fd00::/64', '10.244.1.0/24'] } })];
  expect(podBridgeOf(snapshotOf({ nodes: ofPods, nodeState }))).toBe('cni0');
  const older = [nodeInput({ spec: { podCIDR: '10.244.1.0/24' } })];
  expect(podBridgeOf(snapshotOf({ nodes: older, nodeState }))).toBe('cni0');
});

test('none, where pods are routed or nothing is known', () => {
  const nodes = [nodeInput({ spec: { podCIDR: '10.244.2.0/24' } })];
  expect(podBridgeOf(snapshotOf({ nodes, nodeState: { interfaces } }))).toBeUndefined();
  expect(podBridgeOf(snapshotOf({ nodes }))).toBeUndefined();
});
