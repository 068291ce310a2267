import { expect, test } from 'vitest';
import { longestName, objectName } from '../../../src/ruleset/nftables/names.ts';

test.for(['services', 'A', 'service-ULMVA6XW-ns1/svc1/tcp/p80', 'a_b.c-', 'x'.repeat(255)])(
  '"%s" is a name',
  (text) => {
    expect(objectName(text)).toBe(text);
  },
);

test('the longest has 255 bytes', () => {
  expect(longestName).toBe(255);
});

test.for([
  ['is empty', ''],
  ['is longer than 255 bytes', 'x'.repeat(256)],
  ['begins with a digit', '1a'],
  ['begins with a dash', '-a'],
  ['holds a blank', 'a b'],
  ['holds a line end', 'a\n'],
  ['ends a command', 'a;b'],
  ['opens a block', 'a{'],
  ['begins a comment', 'a#b'],
  ['refers', '@a'],
  ['holds a quote', '"a"'],
  ['holds a colon', 'fd00::1'],
  ['is not ASCII', 'é'],
] as const)('a text that %s is none', ([, text]) => {
  expect(() => objectName(text)).toThrow(
    new TypeError(
      `${JSON.stringify(text)} is no name for nft: a letter, then up to 254 of A-Z a-z 0-9 / _ . -`,
    ),
  );
});
