import { expect, test } from 'vitest';
import { escapeLines } from '../../src/output/escape-lines.ts';

test.for([
  { text: 'a\nb\n', escaped: 'a\nb\n' },
  { text: 'a\u001b[31m\r\n\u009b1m', escaped: 'a\\u001b[31m\\u000d\n\\u009b1m' },
])('$escaped', ({ text, escaped }) => {
  expect(escapeLines(text)).toBe(escaped);
});
