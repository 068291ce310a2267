import { expect, test } from 'vitest';
import {
  parseProcfsAddress,
  parseProcfsNetmask,
  printProcfsAddress,
  printProcfsNetmask,
} from '../../../src/ruleset/ipvs/procfs-address.ts';

test.for([
  ['0A600001:01BB', '10.96.0.1:443'],
  ['[2620:0000:0000:0000:0000:0000:0000:0001]:0050', '[2620::1]:80'],
  ['[0000:0000:0000:0000:0000:ffff:0102:0304]:0050', '[::ffff:1.2.3.4]:80'],
] as const)('%s is %s, both ways', ([text, address]) => {
  expect(parseProcfsAddress(text)).toBe(address);
  expect(printProcfsAddress(address)).toBe(text);
});

test.for(
  [
    ['', '0A600001', '0A60000:01BB', '0A600001:1BB', '0A60000G:01BB', '10.96.0.1:443'],
    ['[2620::1]:0050', '[2620:0000:0000:0000:0000:0000:0000:0001:0050', '[2620:0000]:0050'],
    ['[2620:0000:0000:0000:0000:0000:0000:000G]:0050'],
  ].flat(),
)('refuses %j', (text) => {
  expect(parseProcfsAddress(text)).toBeUndefined();
});

test.for([
  ['FFFFFFFF', '255.255.255.255', false],
  ['FFFFFF00', '255.255.255.0', false],
  ['00000000', '0.0.0.0', false],
  ['80000000', '128', true],
  ['40000000', '64', true],
] as const)('the netmask %s is %s, both ways', ([text, netmask, isIPv6]) => {
  expect(parseProcfsNetmask(text)).toEqual({ netmask, isIPv6 });
  expect(printProcfsNetmask(netmask)).toBe(text);
});

test('refuses what is no netmask', () => {
  expect(parseProcfsNetmask('255.255.255.0')).toBeUndefined();
});
