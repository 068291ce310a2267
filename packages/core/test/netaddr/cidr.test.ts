import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  containsIP,
  isCIDR,
  networkAddress,
  parseCIDR,
  printCIDR,
} from '../../src/netaddr/cidr.ts';
import { parseIP } from '../../src/netaddr/ip.ts';
import { printIP } from '../../src/netaddr/print-ip.ts';

test.for([
  ['10.0.0.0/8', 'IPv4', '10.0.0.0/8'],
  ['10.1.2.3/8', 'IPv4', '10.0.0.0/8'],
  ['10.1.2.255/25', 'IPv4', '10.1.2.128/25'],
  ['10.1.2.3/32', 'IPv4', '10.1.2.3/32'],
  ['10.1.2.3/31', 'IPv4', '10.1.2.2/31'],
  ['1.2.3.4/0', 'IPv4', '0.0.0.0/0'],
  ['010.0.0.1/08', 'IPv4', '10.0.0.0/8'],
  ['::ffff:10.1.2.3/104', 'IPv4', '10.0.0.0/8'],
  ['::ffff:10.1.2.3/128', 'IPv4', '10.1.2.3/32'],
  ['fd00::1/64', 'IPv6', 'fd00::/64'],
  ['FD00:0:0:1:2::/63', 'IPv6', 'fd00::/63'],
  ['::/0', 'IPv6', '::/0'],
  ['2001:db8::ff/121', 'IPv6', '2001:db8::80/121'],
  ['2001:db8::1/128', 'IPv6', '2001:db8::1/128'],
])('reads %s as the %s network %s', ([text = '', family, printed]) => {
  const cidr = parseCIDR(text);
  expect(cidr?.family).toBe(family);
  expect(cidr && printCIDR(cidr)).toBe(printed);
  expect(isCIDR(text)).toBe(true);
});

test.for([
  '',
  '/',
  '/8',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/+8',
  '10.0.0.0/8 ',
  ' 10.0.0.0/8',
  '10.0.0.0/8/8',
  '10.0.0.0/255.0.0.0',
  '10.0.0/8',
  '10.0.0.0/1e1',
  'fd00::/129',
  'fd00::/999999999999999999999',
  'fe80::1%eth0/64',
  '::ffff:10.0.0.0/8',
])('refuses %j', (text) => {
  expect(parseCIDR(text)).toBeUndefined();
  expect(isCIDR(text)).toBe(false);
});

test('keeps the host bits of the address as written', () => {
  const cidr = parseCIDR('192.0.2.11/24');
  expect(cidr?.address).toEqual([192, 0, 2, 11]);
  expect(cidr && networkAddress(cidr)).toEqual([192, 0, 2, 0]);
});

test.for<[string, string, boolean]>([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.1.2.3/8', '10.0.0.0', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.128/25', '10.1.2.127', false],
  ['10.1.2.128/25', '10.1.2.128', true],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '1.2.3.4', false],
  ['::/0', 'ffff::', true],
  ['fd00::/63', 'fd00:0:0:1::', true],
  ['fd00::/63', 'fd00:0:0:2::', false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', true],
])('%s contains %s: %s', ([text, ip, expected]) => {
  const cidr = parseCIDR(text);
  expect(cidr && containsIP(cidr, parseIP(ip) ?? [])).toBe(expected);
});

const cidrText = fc
  .oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
  )
  .map(([ip, length]) => `${ip}/${length}`)
  .filter(isCIDR);

test('reads back every CIDR that it prints, and a network contains its own address', () => {
  fc.assert(
    fc.property(cidrText, (text) => {
      const cidr = parseCIDR(text)!;
      const printed = printCIDR(cidr);
      const again = parseCIDR(printed)!;
      expect(printCIDR(again)).toBe(printed);
      expect(printIP(again.address)).toBe(printIP(networkAddress(cidr)));
      expect(containsIP(cidr, cidr.address)).toBe(true);
    }),
  );
});
