import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOfBytes, familyOfIP, isIP, isLoopback, parseIP } from '../../src/netaddr/ip.ts';
import { printIP } from '../../src/netaddr/print-ip.ts';

test.for([
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['010.000.0.08', '10.0.0.8'],
  ['0000000001.2.3.4', '1.2.3.4'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:0a00:0001', '10.0.0.1'],
  ['0:0:0:0:0:ffff:1.2.3.4', '1.2.3.4'],
  ['::ffff:010.0.0.1', '10.0.0.1'],
  ['::', '::'],
  ['1::', '1::'],
  ['2001:DB8::A', '2001:db8::a'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['::1.2.3.4', '::102:304'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
])('reads %s as %s', ([text = '', canonical]) => {
  const bytes = parseIP(text);
  expect(bytes && printIP(bytes)).toBe(canonical);
  expect(isIP(text)).toBe(true);
});

test.for([
  '',
  ' ',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.256',
  '1.2.3.-4',
  '1.2.3.+4',
  '1.2.3.0x4',
  '1..3.4',
  ' 1.2.3.4',
  '1.2.3.4 ',
  '1.2.3.4\n',
  '1.2.3.4/32',
  '1.2.3.4:80',
  '１.2.3.4',
  ':',
  ':::',
  ':1',
  '1:',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '1::2:3:4:5:6:7:8',
  '1::2::3',
  '12345::',
  'g::',
  '-1::',
  'fe80::1%eth0',
  '::1%',
  '[::1]',
  '1.2.3.4::',
  '::1.2.3.4:5',
  '::1.2.3',
  '::1.2.3.256',
  '1:2:3:4:5:6:7:1.2.3.4',
  'localhost',
  '%',
])('refuses %j', (text) => {
  expect(parseIP(text)).toBeUndefined();
  expect(familyOfIP(text)).toBeUndefined();
  expect(isIP(text)).toBe(false);
});

test.for([
  ['10.0.0.1', 'IPv4'],
  ['::ffff:10.0.0.1', 'IPv4'],
  ['::10.0.0.1', 'IPv6'],
  ['fd00::1', 'IPv6'],
])('%s is an %s address', ([text = '', family]) => {
  expect(familyOfIP(text)).toBe(family);
});

test.for<[string, boolean]>([
  ['127.0.0.1', true],
  ['127.255.255.254', true],
  ['::ffff:127.0.0.1', true],
  ['128.0.0.1', false],
  ['::1', true],
  ['::2', false],
  ['::', false],
  ['1::1', false],
])('%s is loopback: %s', ([text, expected]) => {
  expect(isLoopback(parseIP(text) ?? [])).toBe(expected);
});

const byte = fc.integer({ min: 0, max: 255 });
const group = fc.oneof(
  { arbitrary: fc.constant([0, 0]), weight: 2 },
  { arbitrary: fc.tuple(byte, byte), weight: 1 },
);
const ipv6Bytes = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.flat())
  .filter((bytes) => !bytes.slice(0, 10).every((one) => one === 0) || bytes[10] !== 255);

test('reads back every address that it prints', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(byte, { minLength: 4, maxLength: 4 }), ipv6Bytes), (bytes) => {
      expect(parseIP(printIP(bytes))).toEqual(bytes);
      expect(familyOfBytes(bytes)).toBe(bytes.length === 4 ? 'IPv4' : 'IPv6');
    }),
  );
});

test('printing an address that was read is canonical: it stays the same when read again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const printed = printIP(parseIP(text) ?? []);
      expect(printIP(parseIP(printed) ?? [])).toBe(printed);
    }),
  );
});

test('never throws, whatever the text', () => {
  const addressLike = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abfx:./%-')) });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), addressLike), (text) => {
      expect([undefined, 4, 16]).toContain(parseIP(text)?.length);
    }),
  );
});
