import { expect, test } from 'vitest';
import type { Family } from '../../src/netaddr/family.ts';
import { printIP } from '../../src/netaddr/print-ip.ts';
import { nodeIPsOf } from '../../src/service/node-ip.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

type Address = readonly [type: string, address: string];

function nodeIPs(addresses: readonly Address[], bindAddress = '0.0.0.0'): Record<Family, string> {
  const status = { addresses: addresses.map(([type, address]) => ({ type, address })) };
  const snapshot = snapshotOf({ nodes: [nodeInput({ status })], config: { bindAddress } });
  const { IPv4, IPv6 } = nodeIPsOf(snapshot);
  return { IPv4: printIP(IPv4), IPv6: printIP(IPv6) };
}

const loopback = { IPv4: '127.0.0.1', IPv6: '::1' };

test('without a Node the node IPs are loopback', () => {
  const { IPv4, IPv6 } = nodeIPsOf(snapshotOf({ nodes: [] }));
  expect([IPv4, IPv6].map(printIP)).toEqual(['127.0.0.1', '::1']);
});

test.for<[string, readonly Address[], object]>([
  ['none', [], {}],
  ['one', [['InternalIP', '192.0.2.1']], { IPv4: '192.0.2.1' }],
  [
    'the first of each family',
    [
      ['InternalIP', '192.0.2.1'],
      ['InternalIP', '192.0.2.2'],
      ['InternalIP', '2001:db8::1'],
    ],
    { IPv4: '192.0.2.1', IPv6: '2001:db8::1' },
  ],
  [
    'InternalIP before ExternalIP',
    [
      ['ExternalIP', '203.0.113.1'],
      ['InternalIP', '192.0.2.1'],
    ],
    { IPv4: '192.0.2.1' },
  ],
  [
    'ExternalIP where there is no InternalIP',
    [['ExternalIP', '203.0.113.1']],
    { IPv4: '203.0.113.1' },
  ],
  [
    'ExternalIP for the other family',
    [
      ['InternalIP', '192.0.2.1'],
      ['ExternalIP', '2001:db8::1'],
    ],
    { IPv4: '192.0.2.1', IPv6: '2001:db8::1' },
  ],
  [
    'no other type',
    [
      ['Hostname', 'node-a'],
      ['InternalDNS', '192.0.2.1'],
    ],
    {},
  ],
  [
    'no text that is no address',
    [
      ['InternalIP', 'nonsense'],
      ['InternalIP', '192.0.2.2'],
    ],
    { IPv4: '192.0.2.2' },
  ],
])('of the Node’s addresses: %s', ([, addresses, expected]) => {
  expect(nodeIPs(addresses)).toEqual({ ...loopback, ...expected });
});

test.for([
  ['0.0.0.0', { IPv4: '192.0.2.1', IPv6: '2001:db8::1' }],
  ['::', { IPv4: '192.0.2.1', IPv6: '2001:db8::1' }],
  ['192.0.2.9', { IPv4: '192.0.2.9', IPv6: '2001:db8::1' }],
  ['2001:db8::9', { IPv4: '192.0.2.1', IPv6: '2001:db8::9' }],
  ['127.0.0.1', { IPv4: '127.0.0.1', IPv6: '2001:db8::1' }],
] as const)('bindAddress %s makes them %o', ([bindAddress, expected]) => {
  const addresses: Address[] = [
    ['InternalIP', '192.0.2.1'],
    ['InternalIP', '2001:db8::1'],
  ];
  expect(nodeIPs(addresses, bindAddress)).toEqual(expected);
});

test('another Node’s addresses do not count', () => {
  const status = { addresses: [{ type: 'InternalIP', address: '192.0.2.12' }] };
  const nodes = [nodeInput(), nodeInput({ metadata: { name: 'node-b' }, status })];
  expect(printIP(nodeIPsOf(snapshotOf({ nodes })).IPv4)).toBe('127.0.0.1');
});
