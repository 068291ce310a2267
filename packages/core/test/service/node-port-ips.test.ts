import { expect, test } from 'vitest';
import type { Family } from '../../src/netaddr/family.ts';
import { resolveNodePortAddresses } from '../../src/service/node-port-addresses.ts';
import { dummyInterface, resolveNodePortIPs } from '../../src/service/node-port-ips.ts';
import type { SnapshotInput } from '../../src/index.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

function resolve(input: SnapshotInput, family: Family): string[] {
  const snapshot = snapshotOf(input);
  return resolveNodePortIPs(snapshot, family, resolveNodePortAddresses(snapshot, family));
}

const interfaces = [
  { name: 'lo', addresses: ['127.0.0.1/8', '::1/128', '10.255.0.1/32'] },
  { name: 'eth0', addresses: ['192.0.2.9/24', '2001:db8:1::11/64', 'fe80::11/64'] },
  { name: 'eth1', addresses: ['192.0.2.11/24', '192.0.2.9/24', '169.254.0.11/16'] },
  { name: dummyInterface, addresses: ['10.96.0.10/32', 'fd00:10:96::10/128'] },
];
const nodeState = { interfaces };

test('the interface is that of kube-proxy', () => {
  expect(dummyInterface).toBe('kube-ipvs0');
});

test('by default they are those of all interfaces but kube-ipvs0, sorted, each once', () => {
  expect(resolve({ nodeState }, 'IPv4')).toEqual([
    '10.255.0.1',
    '169.254.0.11',
    '192.0.2.11',
    '192.0.2.9',
  ]);
});

test('in IPv6 link-local addresses are left out too', () => {
  expect(resolve({ nodeState }, 'IPv6')).toEqual(['2001:db8:1::11']);
});

test.for<[readonly string[], readonly string[], readonly string[]]>([
  [
    ['0.0.0.0/0', '::/0'],
    ['10.255.0.1', '169.254.0.11', '192.0.2.11', '192.0.2.9'],
    ['2001:db8:1::11'],
  ],
  [['192.0.2.0/24'], ['192.0.2.11', '192.0.2.9'], ['2001:db8:1::11']],
  [['127.0.0.0/8', '::1/128'], [], []],
  [
    ['127.0.0.0/8', '192.0.2.11/32', '::1/128', '2001:db8::/32'],
    ['192.0.2.11'],
    ['2001:db8:1::11'],
  ],
  // Named by a CIDR, link-local addresses count.
  [['fe80::/10'], ['10.255.0.1', '169.254.0.11', '192.0.2.11', '192.0.2.9'], ['fe80::11']],
  [['198.51.100.0/24', '2001:db8:2::/48'], [], []],
])('nodePortAddresses %o: IPv4 %o, IPv6 %o', ([nodePortAddresses, ipv4, ipv6]) => {
  const input = { nodeState, config: { nodePortAddresses: [...nodePortAddresses] } };
  expect(resolve(input, 'IPv4')).toEqual(ipv4);
  expect(resolve(input, 'IPv6')).toEqual(ipv6);
});

test('without a NodeState they are the Node’s own', () => {
  const addresses = [
    { type: 'InternalIP', address: '192.0.2.11' },
    { type: 'ExternalIP', address: '203.0.113.11' },
    { type: 'Hostname', address: 'node-a' },
  ];
  const nodes = [nodeInput({ status: { addresses } })];
  expect(resolve({ nodes }, 'IPv4')).toEqual(['192.0.2.11', '203.0.113.11']);
  expect(resolve({ nodes }, 'IPv6')).toEqual([]);
});
