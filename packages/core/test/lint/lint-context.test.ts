import { expect, test } from 'vitest';
import { createLintContext } from '../../src/lint/lint-context.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveFamily } from '../../src/service/resolve-family.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

const snapshot = snapshotOf({
  nodes: [nodeInput(), nodeInput({ metadata: { name: 'node-b' } })],
  services: [
    serviceInput({ metadata: { name: 'headless' }, clusterIP: 'None' }),
    serviceInput({ clusterIPs: ['172.30.0.41', 'fd00::41'], ipFamilies: ['IPv4', 'IPv6'] }),
  ],
  endpointSlices: [sliceInput({}), sliceInput({ name: 'b', addressType: 'IPv6' })],
});

function contextOf(seen: Snapshot): ReturnType<typeof createLintContext> {
  const behaviour = behaviourOf('1.36', {});
  const families = [resolveFamily(seen, 'IPv4', behaviour), resolveFamily(seen, 'IPv6', behaviour)];
  return createLintContext(seen, 'iptables', families);
}

test('Services that kube-proxy serves, with their slices and ports of both families', () => {
  const { services } = contextOf(snapshot);
  expect(services.map(({ name }) => name)).toEqual(['ns1/svc1']);
  expect(services[0]?.slices.map(({ metadata }) => metadata.name)).toEqual(['svc1-a', 'b']);
  const families = services[0]?.servicePorts.map(({ servicePort }) => servicePort.family);
  expect(families).toEqual(['IPv4', 'IPv6']);
});

test('the wanted node, or all; Nodes are known by name either way', () => {
  const one = contextOf(snapshot);
  expect(one.nodeSnapshots).toEqual([snapshot]);
  expect(one.nodes.map(({ metadata }) => metadata.name)).toEqual(['node-a']);
  expect(one.hasNode('node-b')).toBe(true);
  const all = contextOf({ ...snapshot, nodeName: '' });
  expect(all.nodeSnapshots.map(({ nodeName }) => nodeName)).toEqual(['node-a', 'node-b']);
  expect(all.hasNode('node-c')).toBe(false);
});

test('of all endpoints: where they are, and whether one has hints', () => {
  const endpoints = [{ addresses: ['10.0.0.1'], nodeName: 'node-b' }, { addresses: ['10.0.0.2'] }];
  const bare = snapshotOf({ endpointSlices: [sliceInput({ endpoints })] });
  expect(contextOf(bare)).toMatchObject({ endpointNodes: new Set(['node-b']), hasHints: false });
  const hinted = [{ addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'z1' }] } }];
  const other = snapshotOf({ endpointSlices: [sliceInput({ endpoints: hinted })] });
  expect(contextOf(other)).toMatchObject({ endpointNodes: new Set(), hasHints: true });
});
