import { expect, test } from 'vitest';
import {
  clientKey,
  endpointType,
  fixedSlot,
  randomSlot,
  slotKey,
  slotType,
  type SlotKeys,
} from '../../../../src/proxier/nftables/fast/keys.ts';
import { printExpression } from '../../../../src/ruleset/nftables/print-statement.ts';

const address: SlotKeys = { family: 'IPv4', entrance: 'address', protocol: 'tcp' };
const nodePort: SlotKeys = { family: 'IPv6', entrance: 'nodePort', protocol: 'sctp' };

test('a slot is a random number, or with modulus 1 always the same', () => {
  expect(printExpression(randomSlot(3))).toBe('numgen random mod 3');
  expect(printExpression(fixedSlot(0))).toBe('numgen random mod 1');
  expect(printExpression(fixedSlot(7))).toBe('numgen random mod 1 offset 7');
  expect(printExpression(slotType)).toBe('numgen random mod 65536');
});

test.for<[SlotKeys, string, string, string]>([
  [
    address,
    'ip daddr . tcp dport . numgen random mod 3',
    'ip saddr . ip daddr . tcp dport . numgen random mod 3',
    'ip daddr . tcp dport',
  ],
  [
    nodePort,
    'sctp dport . numgen random mod 3',
    'ip6 saddr . sctp dport . numgen random mod 3',
    'ip6 daddr . sctp dport',
  ],
])(
  '%o: the keys of slots and clients, and the type of an endpoint',
  ([keys, ofSlot, ofClient, data]) => {
    expect(printExpression(slotKey(keys, randomSlot(3)))).toBe(ofSlot);
    expect(printExpression(clientKey(keys, randomSlot(3)))).toBe(ofClient);
    expect(printExpression(endpointType(keys))).toBe(data);
  },
);
