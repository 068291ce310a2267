import { expect, test } from 'vitest';
import { printComment } from '../../../src/ruleset/nftables/print-comment.ts';

test('a comment stands in double quotes', () => {
  expect(printComment('ns1/svc1:p80')).toBe('"ns1/svc1:p80"');
  expect(printComment('')).toBe('""');
  expect(printComment("!#$%&'()*+,-./:;<=>?@[]^_`{|}~")).toBe(`"!#$%&'()*+,-./:;<=>?@[]^_\`{|}~"`);
});

test('it is cut at 128 bytes, beyond which nft refuses it', () => {
  expect(printComment('x'.repeat(128))).toBe(`"${'x'.repeat(128)}"`);
  expect(printComment('x'.repeat(129))).toBe(`"${'x'.repeat(128)}"`);
});

test.for([
  ['a quote, for which nft has no escape', 'a" ; flush ruleset ; "'],
  ['a backslash', 'a\\'],
  ['a line end', 'a\n'],
  ['a control character', 'a\u001b[2J'],
  ['DEL', 'a\u007f'],
  ['what is not ASCII', 'é'],
  ['a line separator', 'a\u2028b'],
  ['one of these beyond the cut', `${'x'.repeat(200)}"`],
] as const)('%s is refused', ([, text]) => {
  expect(() => printComment(text)).toThrow(
    new TypeError(
      `${JSON.stringify(text)} cannot be a comment of nft: printable ASCII without quotes and backslashes`,
    ),
  );
});
