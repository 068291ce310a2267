import { expect, test } from 'vitest';
import { printCIDR } from '../../../src/netaddr/cidr.ts';
import type { Family } from '../../../src/netaddr/family.ts';
import { bitsOf, normalizeAddress } from '../../../src/ruleset/iptables/normalize-address.ts';

test.for<readonly [family: Family, text: string, cidr: string]>([
  ['IPv4', '10.96.0.10', '10.96.0.10/32'],
  ['IPv4', '10.1.2.3/8', '10.0.0.0/8'],
  ['IPv4', '10.1.2.3/255.255.0.0', '10.1.0.0/16'],
  ['IPv4', '10.1.2.3/0.0.0.0', '0.0.0.0/0'],
  ['IPv4', '10.1.2.3/255.255.255.255', '10.1.2.3/32'],
  ['IPv6', '::1', '::1/128'],
  ['IPv6', 'FD00:0::1/64', 'fd00::/64'],
  ['IPv6', 'fd00::1/ffff:ffff::', 'fd00::/32'],
])('%s %s is %s', ([family, text, cidr]) => {
  const read = normalizeAddress(text, family);
  expect(read && printCIDR(read)).toBe(cidr);
});

test.for<readonly [family: Family, text: string]>([
  ['IPv4', ''],
  ['IPv4', 'host'],
  ['IPv4', '10.0.0.1,10.0.0.2'],
  ['IPv4', '10.0.0.1/33'],
  ['IPv4', '10.0.0.1/255.0.255.0'],
  ['IPv4', '10.0.0.1/'],
  ['IPv4', 'fd00::1'],
  ['IPv6', '10.0.0.1'],
])('%s %j is no address of the family', ([family, text]) => {
  expect(normalizeAddress(text, family)).toBeUndefined();
});

test('addresses have 32 and 128 bits', () => {
  expect([bitsOf('IPv4'), bitsOf('IPv6')]).toEqual([32, 128]);
});
