import { expect, test } from 'vitest';
import type { Family } from '../../src/netaddr/family.ts';
import {
  resolveNodePortAddresses,
  type NodePortAddresses,
} from '../../src/service/node-port-addresses.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

const nodeState = {
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
    { name: 'eth0', addresses: ['192.0.2.11/24', '192.0.2.2/24', '2001:db8:1::11/64'] },
    { name: 'eth1', addresses: ['198.51.100.11/24', '192.0.2.11/32'] },
  ],
};

const addresses = [
  { type: 'InternalIP', address: '192.0.2.11' },
  { type: 'InternalIP', address: '2001:db8:1::11' },
];

function resolve(nodePortAddresses: readonly string[], family: Family): NodePortAddresses {
  const nodes = [nodeInput({ status: { addresses } })];
  const config = { nodePortAddresses: [...nodePortAddresses] };
  return resolveNodePortAddresses(snapshotOf({ nodes, nodeState, config }), family);
}

test.for<[readonly string[], boolean, boolean]>([
  [[], true, true],
  [['0.0.0.0/0'], true, true],
  [['10.1.2.3/0', '2001:db8::/32'], true, false],
  [['192.0.2.0/24', '::/0'], false, true],
  [['192.0.2.0/24', '0.0.0.0/0', '2001:db8::/32'], true, false],
  // A list of the other family only means all of this one.
  [['2001:db8::/32'], true, false],
  [['192.0.2.0/24'], false, true],
])('nodePortAddresses %o mean every address of IPv4: %s, of IPv6: %s', ([list, ipv4, ipv6]) => {
  expect(resolve(list, 'IPv4').matchAll).toBe(ipv4);
  expect(resolve(list, 'IPv6').matchAll).toBe(ipv6);
});

test.for<[readonly string[], boolean]>([
  [[], true],
  [['0.0.0.0/0'], true],
  [['127.0.0.0/8'], true],
  [['127.0.0.5/32'], true],
  [['127.1.0.0/16', '192.0.2.0/24'], true],
  [['96.0.0.0/3'], true],
  [['192.0.2.0/24'], false],
  [['::/0'], true],
  [['::1/128', '192.0.2.0/24'], false],
  // What comes after a zero CIDR is not looked at; the zero one itself covers loopback.
  [['192.0.2.0/24', '0.0.0.0/0'], true],
])('nodePortAddresses %o covers loopback: %s', ([list, containsLoopback]) => {
  expect(resolve(list, 'IPv4').containsLoopback).toBe(containsLoopback);
});

test.for<readonly string[]>([[], ['::/0'], ['::1/128']])(
  'IPv6 never covers loopback: %o',
  (list) => {
    expect(resolve(list, 'IPv6').containsLoopback).toBe(false);
  },
);

test('the addresses are those of all interfaces within any CIDR, each once, by text', () => {
  expect(resolve(['192.0.2.0/24', '198.51.100.0/24'], 'IPv4')).toEqual({
    matchAll: false,
    containsLoopback: false,
    addresses: [
      { ip: '192.0.2.11', isLoopback: false },
      { ip: '192.0.2.2', isLoopback: false },
      { ip: '198.51.100.11', isLoopback: false },
    ],
  });
});

test('loopback addresses are among them, and known as such', () => {
  expect(resolve(['127.0.0.0/8', '::1/128'], 'IPv4').addresses).toEqual([
    { ip: '127.0.0.1', isLoopback: true },
  ]);
  expect(resolve(['127.0.0.0/8', '::1/128'], 'IPv6').addresses).toEqual([
    { ip: '::1', isLoopback: true },
  ]);
});

test('no address may be left', () => {
  expect(resolve(['10.99.0.0/16'], 'IPv4')).toEqual({
    matchAll: false,
    containsLoopback: false,
    addresses: [],
  });
});

test('the keyword primary is the node’s own address of each family', () => {
  expect(resolve(['primary'], 'IPv4').addresses).toEqual([{ ip: '192.0.2.11', isLoopback: false }]);
  expect(resolve(['primary'], 'IPv6').addresses).toEqual([
    { ip: '2001:db8:1::11', isLoopback: false },
  ]);
});

test('for a family of which the node has no address, primary means all', () => {
  const config = { nodePortAddresses: ['primary'] };
  const snapshot = snapshotOf({ nodes: [nodeInput()], nodeState, config });
  expect(resolveNodePortAddresses(snapshot, 'IPv4').matchAll).toBe(true);
});
