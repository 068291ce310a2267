import { expect, test } from 'vitest';
import { printIP } from '../../src/netaddr/print-ip.ts';
import { interfaceAddresses } from '../../src/service/interface-addresses.ts';
import type { SnapshotInput } from '../../src/index.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

function addresses(input: SnapshotInput): string[] {
  return interfaceAddresses(snapshotOf(input)).map(printIP);
}

const nodes = [
  nodeInput({
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.0.2.11' },
        { type: 'Hostname', address: 'node-a' },
        { type: 'ExternalIP', address: '2001:db8::11' },
      ],
    },
  }),
];

test('they are those of the NodeState', () => {
  const interfaces = [
    { name: 'lo', addresses: ['127.0.0.1/8'] },
    { name: 'eth0', addresses: ['192.0.2.99/24', 'fe80::1/64'] },
    { name: 'eth1' },
  ];
  expect(addresses({ nodes, nodeState: { interfaces } })).toEqual([
    '127.0.0.1',
    '192.0.2.99',
    'fe80::1',
  ]);
});

test('without a NodeState they are loopback and the Node’s own', () => {
  expect(addresses({ nodes })).toEqual(['127.0.0.1', '::1', '192.0.2.11', '2001:db8::11']);
  expect(addresses({ nodes, nodeState: { sysctls: {} } })).toEqual(addresses({ nodes }));
});

test('a NodeState whose list of interfaces is empty means none', () => {
  expect(addresses({ nodes, nodeState: { interfaces: [] } })).toEqual([]);
});
