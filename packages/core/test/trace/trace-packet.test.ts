import { expect, test } from 'vitest';
import { traceDumps, type Packet } from '../../src/index.ts';
import {
  environment,
  fatesOf,
  fromNode,
  iptables,
  outcomesOf,
  toNode,
  toPod,
} from '../support/trace.ts';

const none = iptables([]);

test.for<[string, Packet, string]>([
  ['a packet to the node is for one of its processes', toNode, 'node'],
  ['a packet to a pod is sent on', toPod, 'network'],
  ['a packet of the node leaves', fromNode, 'network'],
  ['a packet of the node to itself stays', { ...fromNode, destination: '127.0.0.1' }, 'node'],
])('%s', ([, packet, to]) => {
  expect(outcomesOf(none, packet)).toMatchObject([{ probability: 1, verdict: 'accepted', to }]);
});

test('a process of the node has the address that is nearest to the destination', () => {
  const sources = ['10.244.1.5', '10.244.2.5', '192.0.2.11', '127.0.0.1'].map(
    (destination) => outcomesOf(none, { ...fromNode, destination })[0]?.source,
  );
  expect(sources).toEqual(['10.244.1.1', '192.0.2.11', '192.0.2.11', '127.0.0.1']);
});

test("an address of the node's own as source is a process of the node", () => {
  const rules = iptables(['-A OUTPUT -j DROP']);
  expect(fatesOf(rules, { ...fromNode, source: '192.0.2.11' })).toEqual([
    '1 dropped 192.0.2.100:80',
  ]);
});

test('of a process of the node nothing can be told where the node has no address', () => {
  expect(fatesOf(none, fromNode, {})).toEqual([
    "1 unknown 192.0.2.100:80 (the node's own address in this family)",
  ]);
});

test('a loopback address leaves the node only where route_localnet lets it', () => {
  const rules = iptables(['-A OUTPUT -p tcp -j DNAT --to-destination 10.244.1.5:80'], 'nat');
  const packet = { ...fromNode, destination: '127.0.0.1' };
  expect(fatesOf(rules, packet)).toEqual(['1 dropped 10.244.1.5:80']);
  const open = { ...environment, sysctls: { 'net.ipv4.conf.all.route_localnet': 1 } };
  expect(fatesOf(rules, packet, open)).toEqual(['1 delivered 10.244.1.5:80 from 127.0.0.1']);
});

test('a packet to a loopback address from outside is no packet', () => {
  expect(fatesOf(none, { ...toNode, destination: '127.0.0.1' })).toEqual([
    '1 dropped 127.0.0.1:80',
  ]);
});

test('a node that does not forward drops', () => {
  const closed = { ...environment, sysctls: { 'net.ipv4.ip_forward': 0 } };
  const [outcome] = outcomesOf(none, toPod, closed);
  expect(outcome).toMatchObject({ verdict: 'dropped', path: [{ kind: 'route', to: 'nowhere' }] });
  expect(fatesOf(none, toNode, closed)).toEqual(['1 accepted 192.0.2.11:80 from 192.0.2.100']);
});

test('a destination on the node itself is delivered without POSTROUTING', () => {
  const rules = iptables([
    '-A PREROUTING -j DNAT --to-destination 192.0.2.11:10250',
    '-A POSTROUTING -j MASQUERADE',
  ]);
  expect(outcomesOf(rules, { ...toPod, destination: '10.96.0.1' })).toMatchObject([
    { verdict: 'delivered', destination: '192.0.2.11:10250', source: '192.0.2.100', to: 'node' },
  ]);
});

test('outcomes are sorted by destination, and each is there once', () => {
  const rules = iptables([
    '-A PREROUTING -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.244.1.7',
    '-A PREROUTING -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.244.1.6',
    '-A PREROUTING -j DNAT --to-destination 10.244.1.7',
  ]);
  expect(fatesOf(rules, toPod)).toEqual([
    '0.25 delivered 10.244.1.6:80 from 192.0.2.100',
    '0.75 delivered 10.244.1.7:80 from 192.0.2.100',
  ]);
});

test.for<[string, Partial<Packet>]>([
  ['a source that is none', { source: 'pod' }],
  ['a destination that is none', { destination: '10.0.0.300' }],
  ['two families', { source: 'fd00::1' }],
])('%s is a mistake of the caller', ([, change]) => {
  expect(() => traceDumps({}, { ...toNode, ...change })).toThrow(TypeError);
});

test('a result survives JSON', () => {
  const outcomes = outcomesOf(iptables(['-A INPUT -j DROP']), toNode);
  expect(JSON.parse(JSON.stringify(outcomes))).toEqual(outcomes);
});

test('chains that call each other, or are not there, are told and not followed', () => {
  const loop = iptables(['-A INPUT -j A', '-A A -j B', '-A B -j A'], 'filter');
  expect(fatesOf(loop, toNode)).toEqual(['1 unknown 192.0.2.11:80 (chains that call each other)']);
  expect(fatesOf(iptables(['-A INPUT -j GONE']), toNode)).toEqual([
    '1 unknown 192.0.2.11:80 (chain GONE, which is not there)',
  ]);
});

test('more ways than can be followed are told, and probabilities add up', () => {
  const rules = Array.from({ length: 40 }, (_, index) => [
    `-A INPUT -m statistic --mode random --probability 0.5 -j MARK --set-xmark 0x${(2 ** (index % 30)).toString(16)}/0x0`,
  ]).flat();
  const outcomes = outcomesOf(iptables(rules), toNode);
  expect(outcomes.map(({ verdict }) => verdict)).toContain('unknown');
  expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
});

test('frames between ports of a bridge meet the rules only where they are handed over', () => {
  const rules = iptables(['-A FORWARD -j DROP']);
  const packet = { ...toPod, source: '10.244.1.13' };
  expect(fatesOf(rules, packet)).toEqual(['1 dropped 10.244.1.12:80']);
  const apart = { ...environment, sysctls: { 'net.bridge.bridge-nf-call-iptables': 0 } };
  expect(fatesOf(rules, packet, apart)).toEqual(['1 accepted 10.244.1.12:80 from 10.244.1.13']);
  expect(fatesOf(rules, { ...packet, destination: '10.244.2.7' }, apart)).toEqual([
    '1 dropped 10.244.2.7:80',
  ]);
});
