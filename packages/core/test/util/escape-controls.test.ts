import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeControls } from '../../src/util/escape-controls.ts';

test.for([
  ['plain text, "quotes" and \\ stay', 'plain text, "quotes" and \\ stay'],
  ['é 😀 漢', 'é 😀 漢'],
  ['\u001b[31m', '\\u001b[31m'],
  ['a\tb\r\n\0', 'a\\u0009b\\u000d\\u000a\\u0000'],
  ['\u007f\u0085\u009b', '\\u007f\\u0085\\u009b'],
  ['\u200b\u202e\u2066\ufeff\u2028\u2029', '\\u200b\\u202e\\u2066\\ufeff\\u2028\\u2029'],
  ['\ud800', '\\ud800'],
  ['\u{e0041}', '\\udb40\\udc41'],
])('prints %j as %j', ([text = '', expected]) => {
  expect(escapeControls(text)).toBe(expected);
});

test('leaves no control character in any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeControls(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
