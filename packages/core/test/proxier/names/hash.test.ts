import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hash16, hashNumber } from '../../../src/proxier/names/hash.ts';

test.for([
  ['ns1/svc1:p80tcp', 'XPGD46QRK7WJZT7O'],
  ['ns1/svc1:p80tcp10.180.0.1:80', 'SXIVWICOYRO3J4NJ'],
  ['ns1/svc1:p80tcp[fd00::1]:80', 'T5UNFIPVCZXM3U7X'],
  ['default/kubernetes:httpstcp', 'NPX46M4PTMTKRN6Y'],
  ['ns1/svc1udp', 'A2PEVXD55OHK2IVW'],
] as const)('"%s" gives %s', ([text, hash]) => {
  expect(hash16(text)).toBe(hash);
});

/** RFC 4648 by the letter, five bits at a time. */
function slowHash(text: string): string {
  const bits = [...createHash('sha256').update(text, 'utf8').digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return Array.from({ length: 16 }, (_, index) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(
      Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2),
    ),
  ).join('');
}

test('it is the base32 form of the SHA-256, whatever was hashed before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 1 }),
      (texts) => {
        expect(texts.map(hash16)).toEqual(texts.map(slowHash));
      },
    ),
  );
});

test.for([0, 1, 55, 56, 63, 64, 511, 512, 513, 2000])(
  'a text of %i letters is hashed whole',
  (length) => {
    const text = 'a'.repeat(length);
    expect(hash16(text)).toBe(slowHash(text));
    expect(hash16(`${text}é`)).toBe(slowHash(`${text}é`));
  },
);

test('a number is the first four bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(hashNumber(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE());
    }),
  );
});
