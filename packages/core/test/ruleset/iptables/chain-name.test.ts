import { expect, test } from 'vitest';
import { chainName } from '../../../src/ruleset/iptables/chain-name.ts';

test.for(['INPUT', 'KUBE-SVC-XPGD46QRK7WJZT7O', 'a', '0', '_a.b-c', 'x'.repeat(28)])(
  '"%s" is a chain name',
  (text) => {
    expect(chainName(text)).toBe(text);
  },
);

test.for([
  ['is empty', ''],
  ['is longer than 28 bytes', 'x'.repeat(29)],
  ['begins with a dash, as an option does', '-A'],
  ['holds a blank', 'a b'],
  ['holds a line end', 'INPUT\n'],
  ['holds a quote', '"a"'],
  ['holds a shell’s character', '$(a)'],
  ['negates', '!a'],
  ['is not ASCII', 'é'],
] as const)('a text that %s is none', ([, text]) => {
  expect(() => chainName(text)).toThrow(
    new TypeError(
      `${JSON.stringify(text)} is no chain name: up to 28 of A-Z a-z 0-9 _ . -, and no dash first`,
    ),
  );
});
