import { expect, test } from 'vitest';
import {
  normalizeValue,
  normalizeValues,
  parseDuration,
} from '../../../src/ruleset/nftables/normalize-value.ts';

test.for<[string, string | undefined, string]>([
  ['0x00004000', 'mark', '16384'],
  ['007', undefined, '7'],
  ['"lo"', 'ifname', 'lo'],
  ['17', 'inet_proto', 'udp'],
  ['99', 'inet_proto', '99'],
  ['icmpv6', 'inet_proto', 'ipv6-icmp'],
  ['0x00000008', 'ct_state', 'new'],
  ['related,established', 'ct_state', 'established,related'],
  ['10.1.2.3/8', 'ipv4_addr', '10.0.0.0/8'],
  ['10.1.2.3/32', 'ipv4_addr', '10.1.2.3'],
  ['10.0.0.0-10.0.0.255', 'ipv4_addr', '10.0.0.0/24'],
  ['10.0.0.1-10.0.0.9', 'ipv4_addr', '10.0.0.1-10.0.0.9'],
  ['2001:DB8::0', 'ipv6_addr', '2001:db8::'],
  ['80-0x5a', 'inet_service', '80-0x5a'],
  ['80-90', 'inet_service', '80-90'],
  ['10.0.0.256', 'ipv4_addr', '10.0.0.256'],
  ['http', 'inet_service', 'http'],
  ['00:11:22:33:44:55', 'ether_addr', '00:11:22:33:44:55'],
])('%s of %s is %s', ([text, type, normal]) => {
  expect(normalizeValue(text, type)).toBe(normal);
});

test('values are sorted by number or by text, and ranges that touch are one', () => {
  expect(normalizeValues(['443', '9', '80'], undefined)).toEqual(['9', '80', '443']);
  expect(normalizeValues(['fd00::1', 'fd00::'], undefined)).toEqual(['fd00::/127']);
  expect(normalizeValues(['udp', 'tcp', '17'], 'inet_proto')).toEqual(['tcp', 'udp']);
});

test.for<[string, number | undefined]>([
  ['600s', 600],
  ['10m', 600],
  ['1h30m', 5400],
  ['1w1d', 691_200],
  ['600', 600],
  ['soon', undefined],
])('%s is %s seconds', ([text, seconds]) => {
  expect(parseDuration(text)).toBe(seconds);
});
