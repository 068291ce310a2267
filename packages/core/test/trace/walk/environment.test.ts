import { expect, test } from 'vitest';
import {
  addressToward,
  interfaceOfOwn,
  interfaceToward,
  isOwnAddress,
  joinEnvironments,
  prepareEnvironment,
} from '../../../src/trace/walk/environment.ts';
import { endpointOf, type Endpoint } from '../../../src/trace/walk/packet.ts';

const network = prepareEnvironment({
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
    { name: 'eth0', addresses: ['10.0.0.5/8', '2001:db8:1::11/64'] },
    { name: 'cni0', addresses: ['10.244.1.1/24'] },
    { name: 'kube-ipvs0', addresses: ['10.96.0.10/32'] },
    { name: 'broken', addresses: ['nonsense'] },
  ],
  routes: [
    { destination: '10.244.2.0/24', interface: 'flannel.1' },
    { destination: 'nonsense', interface: 'x' },
  ],
  nodeIPs: { IPv4: '10.0.0.5', IPv6: '2001:db8:1::11' },
});

function at(text: string): Endpoint {
  const endpoint = endpointOf(text);
  if (!endpoint) throw new Error(text);
  return endpoint;
}

test.for<[string, string | undefined, string | undefined]>([
  ['10.244.1.7', 'cni0', '10.244.1.1'],
  ['10.244.2.7', 'flannel.1', '10.0.0.5'],
  ['10.9.9.9', 'eth0', '10.0.0.5'],
  ['10.96.0.10', 'lo', '10.96.0.10'],
  ['127.0.0.1', 'lo', '127.0.0.1'],
  ['8.8.8.8', undefined, '10.0.0.5'],
  ['2001:db8:1::5', 'eth0', '2001:db8:1::11'],
  ['2600::1', undefined, '2001:db8:1::11'],
])('to %s by %s from %s', ([text, name, source]) => {
  expect(interfaceToward(network, at(text))).toBe(name);
  expect(addressToward(network, at(text))?.text).toBe(source);
});

test("the node's own addresses and the interfaces that have them", () => {
  const own = ['10.0.0.5', '10.96.0.10', '127.5.5.5', '::1', '10.244.1.7'];
  expect(own.map((text) => isOwnAddress(network, at(text)))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(own.map((text) => interfaceOfOwn(network, at(text)))).toEqual([
    'eth0',
    'kube-ipvs0',
    'lo',
    'lo',
    '',
  ]);
});

test('a default route counts where it is told', () => {
  const routed = prepareEnvironment({ routes: [{ destination: '0.0.0.0/0', interface: 'wan' }] });
  expect(interfaceToward(routed, at('8.8.8.8'))).toBe('wan');
  expect(addressToward(routed, at('8.8.8.8'))).toBeUndefined();
});

test('of two environments the last counts, interface by interface and setting by setting', () => {
  expect(
    joinEnvironments(
      {
        interfaces: [
          { name: 'eth0', addresses: ['10.0.0.1/8'] },
          { name: 'lo', addresses: [] },
        ],
        nodeIPs: { IPv4: '10.0.0.1', IPv6: 'fd00::1' },
        sysctls: { a: 1, b: 1 },
      },
      {
        interfaces: [{ name: 'eth0', addresses: ['10.0.0.2/8'] }],
        routes: [{ destination: '0.0.0.0/0', interface: 'eth0' }],
        nodeIPs: { IPv4: '10.0.0.2' },
        sysctls: { b: 2 },
        recent: [{ list: 'L', entry: '10.0.0.9' }],
      },
    ),
  ).toEqual({
    interfaces: [
      { name: 'eth0', addresses: ['10.0.0.2/8'] },
      { name: 'lo', addresses: [] },
    ],
    routes: [{ destination: '0.0.0.0/0', interface: 'eth0' }],
    nodeIPs: { IPv4: '10.0.0.2', IPv6: 'fd00::1' },
    sysctls: { a: 1, b: 2 },
    recent: [{ list: 'L', entry: '10.0.0.9' }],
    servedByIPVS: [],
  });
});
