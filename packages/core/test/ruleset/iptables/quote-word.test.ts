import { expect, test } from 'vitest';
import { inPlainQuotes, inQuotes } from '../../../src/ruleset/iptables/quote-word.ts';

test.for([
  ['', '""', '""'],
  ['a b', '"a b"', '"a b"'],
  ['say "a"', String.raw`"say \"a\""`, String.raw`"say \"a\""`],
  ['a\\b', String.raw`"a\\b"`, String.raw`"a\\b"`],
  ["it's", String.raw`"it\'s"`, `"it's"`],
])('%s in quotes', ([text = '', saved, plain]) => {
  expect(inQuotes(text)).toBe(saved);
  expect(inPlainQuotes(text)).toBe(plain);
});
