import { expect, test } from 'vitest';
import { unquote } from '../../../src/ruleset/nftables/unquote.ts';

test.for<[string, string]>([
  ['"a b"', 'a b'],
  ['bare', 'bare'],
  ['"cut', 'cut'],
  ['"', ''],
  ['""', ''],
])('%s is %s', ([text, unquoted]) => {
  expect(unquote(text)).toBe(unquoted);
});
