import { expect, test } from 'vitest';
import type { SlotKeys } from '../../../../src/proxier/nftables/fast/keys.ts';
import {
  affinityChains,
  dispatchChains,
  type SlotChains,
} from '../../../../src/proxier/nftables/fast/slot-chains.ts';
import { chainReasons, printChainRules } from '../../../support/nftables.ts';

const address: SlotKeys = { family: 'IPv4', entrance: 'address', protocol: 'tcp' };
const nodePort: SlotKeys = { family: 'IPv6', entrance: 'nodePort', protocol: 'udp' };

function print({ make }: SlotChains): string[] {
  return printChainRules(make());
}

test('one endpoint', () => {
  const chains = dispatchChains(address, 'endpoints', 1);
  expect(chains.name).toBe('dispatch-tcp-1');
  expect(print(chains)).toEqual([
    'dispatch-tcp-1 meta l4proto tcp dnat ip addr . port to ip daddr . tcp dport . numgen random mod 1 map @endpoints-tcp',
  ]);
});

test('several endpoints, and what a packet falls back to', () => {
  const chains = dispatchChains(nodePort, 'localEndpoints', 3);
  const dnat = 'meta l4proto udp dnat ip6 addr . port to udp dport . numgen random mod';
  expect(chains.name).toBe('nodeport-local-udp-3');
  expect(print(chains)).toEqual([
    `nodeport-local-udp-1 ${dnat} 1 map @nodeport-local-endpoints-udp`,
    `nodeport-local-udp-3 ${dnat} 3 map @nodeport-local-endpoints-udp`,
    'nodeport-local-udp-3 goto nodeport-local-udp-1',
  ]);
  expect(chainReasons(chains.make())).toEqual(Array.from({ length: 3 }, () => 'load balancing'));
});

const key = (slot: string): string => `ip daddr . tcp dport . numgen random mod 1${slot}`;

test('with affinity, first the slots by record, then any; each is remembered before it is used', () => {
  const chains = affinityChains(address, 10_800, [0, 2]);
  expect(chains.name).toBe('affinity-tcp-10800-0.2');
  const dnat = 'meta l4proto tcp dnat ip addr . port to';
  expect(print(chains)).toEqual([
    `affinity-tcp-10800-0.2 ip saddr . ${key('')} @affinity-tcp goto affinity-tcp-10800-slot-0`,
    `affinity-tcp-10800-0.2 ip saddr . ${key(' offset 2')} @affinity-tcp goto affinity-tcp-10800-slot-2`,
    'affinity-tcp-10800-0.2 numgen random mod 2 vmap { 0 : goto affinity-tcp-10800-slot-0 , 1 : goto affinity-tcp-10800-slot-2 }',
    `affinity-tcp-10800-slot-0 update @affinity-tcp { ip saddr . ${key('')} timeout 10800s }`,
    `affinity-tcp-10800-slot-0 ${dnat} ${key('')} map @endpoints-tcp`,
    `affinity-tcp-10800-slot-2 update @affinity-tcp { ip saddr . ${key(' offset 2')} timeout 10800s }`,
    `affinity-tcp-10800-slot-2 ${dnat} ${key(' offset 2')} map @endpoints-tcp`,
  ]);
});

test('of a node port a client is on record with the port alone', () => {
  const chains = affinityChains(nodePort, 60, [0]);
  expect(print(chains)[0]).toBe(
    'nodeport-affinity-udp-60-0 ip6 saddr . udp dport . numgen random mod 1 @nodeport-affinity-udp goto nodeport-affinity-udp-60-slot-0',
  );
});

test.for<[readonly number[], string]>([
  [[0], '0'],
  [[5], '5'],
  [[0, 1], '0-1'],
  [[0, 1, 2, 5], '0-2.5'],
  [[1, 3, 4, 5, 9, 10], '1.3-5.9-10'],
])('the slots %j are written %s', ([slots, text]) => {
  expect(affinityChains(address, 1, slots).name).toBe(`affinity-tcp-1-${text}`);
});

test('what is too long for a name is a number and a hash', () => {
  const odd = Array.from({ length: 100 }, (_, index) => 2 * index + 1);
  const { name } = affinityChains(address, 86_400, odd);
  expect(name).toMatch(/^affinity-tcp-86400-100-[A-Z2-7]{16}$/);
  expect(affinityChains(address, 86_400, [...odd.slice(0, -1), 201]).name).not.toBe(name);
  const even = Array.from({ length: 60 }, (_, index) => 2 * index);
  expect(affinityChains(address, 1, even).name).toBe(`affinity-tcp-1-${even.join('.')}`);
});
