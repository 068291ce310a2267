import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiagnostic } from '../../src/diagnostics/create-diagnostic.ts';
import { printDiagnostic, printObjectRef } from '../../src/diagnostics/print-diagnostic.ts';

function print(text: string, start: number, end: number): string {
  const range = { source: 'f.yaml', start, end };
  return printDiagnostic(createDiagnostic('IP_INVALID', { message: 'Why.', range }), {
    'f.yaml': text,
  });
}

function frameOf(text: string, start: number, end: number): string[] {
  return print(text, start, end).split('\n').slice(1);
}

test('prints place, severity, code, message, objects, and the line with the one before it', () => {
  const text = 'kind: Service\nspec:\n  clusterIP: 1.2.3\n';
  const start = text.indexOf('1.2.3');
  const diagnostic = createDiagnostic('IP_INVALID', {
    message: '"1.2.3" is no IP address.',
    objects: [{ kind: 'Service', namespace: 'shop', name: 'web', path: 'spec.clusterIP' }],
    range: { source: 'shop.yaml', start, end: start + 5 },
  });
  expect(printDiagnostic(diagnostic, { 'shop.yaml': text })).toBe(
    [
      'shop.yaml:3:14: error IP_INVALID: "1.2.3" is no IP address.',
      '  Service shop/web, spec.clusterIP',
      '  2 | spec:',
      '  3 |   clusterIP: 1.2.3',
      '    |              ^^^^^',
    ].join('\n'),
  );
});

test('without a range prints no place; without the text of the source only its name', () => {
  expect(printDiagnostic(createDiagnostic('CONFIG_MISSING', { message: 'Why.' }))).toBe(
    'info CONFIG_MISSING: Why.',
  );
  const range = { source: 'toString', start: 3, end: 4 };
  expect(printDiagnostic(createDiagnostic('IP_INVALID', { message: 'Why.', range }), {})).toBe(
    'toString: error IP_INVALID: Why.',
  );
});

test.for<[string, string, number, number, string[]]>([
  ['the first line has none before it', 'abc\ndef', 1, 2, ['  1 | abc', '    |  ^']],
  ['the last line without a line end', 'abc\ndef', 5, 7, ['  1 | abc', '  2 | def', '    |  ^^']],
  ['an empty range is marked once', 'abc', 1, 1, ['  1 | abc', '    |  ^']],
  [
    'a range over lines is marked to the end of its first',
    'ab\ncd',
    1,
    5,
    ['  1 | ab', '    |  ^'],
  ],
  ['the end of a text that ends in a line end', 'ab\n', 3, 3, ['  1 | ab', '  2 | ', '    | ^']],
  ['the end of a text that does not', 'ab', 2, 3, ['  1 | ab', '    |   ^']],
  ['an empty text has no frame', '', 0, 0, []],
  ['CRLF', 'ab\r\ncd\r\n', 4, 6, ['  1 | ab', '  2 | cd', '    | ^^']],
  ['a tab is one column wide', 'ab\n\tcd', 4, 6, ['  1 | ab', '  2 |  cd', '    |  ^^']],
  ['the line before may be empty', '\nab', 1, 3, ['  1 | ', '  2 | ab', '    | ^^']],
  [
    'the gutter is as wide as the number',
    `${'x\n'.repeat(9)}y`,
    18,
    19,
    ['   9 | x', '  10 | y', '     | ^'],
  ],
])('frames: %s', ([, text, start, end, expected]) => {
  expect(frameOf(text, start, end)).toEqual(expected);
});

test('cuts very long lines to 100 columns, and leaves the frame out beyond them', () => {
  const line = 'x'.repeat(1_000_000);
  expect(frameOf(line, 90, 900_000)).toEqual([
    `  1 | ${'x'.repeat(100)}`,
    `    | ${' '.repeat(90)}${'^'.repeat(10)}`,
  ]);
  expect(print(line, 500_000, 500_001)).toBe('f.yaml:1:500001: error IP_INVALID: Why.');
});

test('shows control characters of the text as one space, so that the mark stays in place', () => {
  expect(frameOf('a\u001b[31m\u0007\u009b\u202eb: x', 10, 11)).toEqual([
    '  1 | a [31m   b: x',
    '    |           ^',
  ]);
});

test('lets no control character of text, message, objects or file name through', () => {
  const anything = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from('\u001b\u009b\r\n\t\u202ea:')),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(anything, anything, fc.tuple(fc.nat(50), fc.nat(50)), (text, other, place) => {
      const [start, length] = place;
      const range = { source: other, start: Math.min(start, text.length), end: start + length };
      const objects = [{ kind: other, name: other, path: other }];
      const diagnostic = createDiagnostic('IP_INVALID', { message: other, objects, range });
      const printed = printDiagnostic(diagnostic, { [other]: text });
      expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(printed.split('\n').length).toBeLessThanOrEqual(5);
    }),
  );
});

test.for([
  [{ kind: 'Service', namespace: 'a', name: 'b', path: '' }, 'Service a/b'],
  [{ kind: 'Node', name: 'n', path: 'spec.podCIDR' }, 'Node n, spec.podCIDR'],
  [{ kind: 'document', path: '' }, 'document'],
  [{ kind: 'item', path: 'items[0]' }, 'item, items[0]'],
] as const)('prints an object %j as %s', ([ref, expected]) => {
  expect(printObjectRef(ref)).toBe(expected);
});
