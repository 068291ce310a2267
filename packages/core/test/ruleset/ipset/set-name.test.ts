import { expect, test } from 'vitest';
import { longestSetName, setName } from '../../../src/ruleset/ipset/set-name.ts';

test.for(['KUBE-CLUSTER-IP', 'a', '0', '_a.b-c', ':a', 'x'.repeat(31)])(
  '"%s" is a name of a set',
  (text) => {
    expect(setName(text)).toBe(text);
  },
);

test('the longest has 31 bytes', () => {
  expect(longestSetName).toBe(31);
});

test.for([
  ['is empty', ''],
  ['is longer than 31 bytes', 'x'.repeat(32)],
  ['begins with a dash, as an option does', '-exist'],
  ['holds a blank', 'a b'],
  ['holds a line end', 'a\n'],
  ['holds a quote', '"a"'],
  ['separates, as in an entry', 'a,b'],
  ['negates', '!a'],
  ['is not ASCII', 'é'],
] as const)('a text that %s is none', ([, text]) => {
  expect(() => setName(text)).toThrow(
    new TypeError(
      `${JSON.stringify(text)} is no name of a set: up to 31 of A-Z a-z 0-9 _ . : -, and no dash first`,
    ),
  );
});
