import { expect, test } from 'vitest';
import { createSnapshot, traceEnvironmentOf, type SnapshotInput } from '../src/index.ts';
import { nodeInput } from './support/cluster.ts';

const here = nodeInput({
  status: {
    addresses: [
      { type: 'Hostname', address: 'node-a' },
      { type: 'ExternalIP', address: '198.51.100.1' },
      { type: 'InternalIP', address: '192.0.2.11' },
      { type: 'InternalIP', address: '2001:db8:1::11' },
    ],
  },
});

const other = nodeInput({
  metadata: { name: 'node-b' },
  spec: { podCIDRs: ['10.244.2.0/24', 'fd00:10:244:2::/64'] },
  status: { addresses: [{ type: 'InternalIP', address: '192.0.2.12' }] },
});

function environmentOf(input: SnapshotInput): ReturnType<typeof traceEnvironmentOf> {
  const nodes = [here, other];
  return traceEnvironmentOf(createSnapshot({ nodes, ...input }, { nodeName: 'node-a' }).snapshot);
}

test('the pods of another node are where that node is', () => {
  const interfaces = [{ name: 'eth0', addresses: ['192.0.2.11/24'] }];
  const nodeState = { interfaces, sysctls: { 'net.ipv4.ip_forward': 1 } };
  expect(environmentOf({ nodeState })).toEqual({
    interfaces,
    routes: [
      { destination: '10.244.2.0/24', interface: 'eth0' },
      { destination: 'fd00:10:244:2::/64', interface: 'eth0' },
    ],
    nodeIPs: { IPv4: '192.0.2.11', IPv6: '2001:db8:1::11' },
    sysctls: { 'net.ipv4.ip_forward': 1 },
  });
});

test('without a NodeState the addresses of the Node are known, and no interface', () => {
  expect(environmentOf({})).toEqual({
    interfaces: [
      { name: '', addresses: ['198.51.100.1/32', '192.0.2.11/32', '2001:db8:1::11/128'] },
    ],
    routes: [],
    nodeIPs: { IPv4: '192.0.2.11', IPv6: '2001:db8:1::11' },
    sysctls: {},
  });
});

test('a node that the snapshot does not hold has nothing', () => {
  const { snapshot } = createSnapshot({ nodes: [] }, { nodeName: 'node-a' });
  expect(traceEnvironmentOf(snapshot)).toEqual({
    interfaces: [{ name: '', addresses: [] }],
    routes: [],
    nodeIPs: {},
    sysctls: {},
  });
});
