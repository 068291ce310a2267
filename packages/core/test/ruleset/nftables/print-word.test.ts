import { expect, test } from 'vitest';
import { printWord } from '../../../src/ruleset/nftables/print-word.ts';

test.for([
  'new',
  '0',
  '65535',
  '10.180.0.1',
  '10.0.0.0/8',
  '10.180.0.1:80',
  '::1',
  'fd00::/8',
  '[fd00::1]:80',
  'cni0',
  '_br-0.1',
  '.br',
  'veth*',
])('%s is one word', (text) => {
  expect(printWord(text)).toBe(text);
});

test.for([
  ['is empty', ''],
  ['holds a blank', 'a b'],
  ['holds a tab', 'a\tb'],
  ['holds a line end', 'a\nflush ruleset'],
  ['ends in a line end', 'a\n'],
  ['ends a command', 'a;b'],
  ['opens a set', 'a{b'],
  ['closes a set', 'a}'],
  ['begins a comment, which nft would take in silence', 'a#b'],
  ['is a calculation, which nft would do in silence', 'a|b'],
  ['is another calculation', 'a^b'],
  ['is a third', 'a&b'],
  ['is a list', 'a,b'],
  ['is a variable', '$a'],
  ['is a reference', '@a'],
  ['has a star that is not at the end', 'a*b'],
  ['has two stars', 'a**'],
  ['is a star alone', '*'],
  ['begins with a dash', '-a'],
  ['holds a quote', 'a"b'],
  ['escapes', 'a\\'],
  ['is not ASCII', 'é'],
] as const)('a text that %s is refused', ([, text]) => {
  expect(() => printWord(text)).toThrow(
    new TypeError(`${JSON.stringify(text)} is no word that nft reads as it is`),
  );
});
