import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJSONError } from '../../src/document/find-json-error.ts';

test.for<[string, number, string]>([
  ['', 0, 'the text ends too early'],
  ['{', 1, 'the text ends too early'],
  ['{"a": 1', 7, 'the text ends too early'],
  ['{"a": "b', 8, 'the text ends too early'],
  ['{"a": x}', 6, 'unexpected "x"'],
  ['{"a": 1,}', 8, 'unexpected "}"'],
  ['{"a" 1}', 5, 'unexpected "1"'],
  ['{"a": 1 "b": 2}', 8, 'unexpected "\\""'],
  ['{a: 1}', 1, 'unexpected "a"'],
  ["{'a': 1}", 1, 'unexpected "\'"'],
  ['{,}', 1, 'unexpected ","'],
  ['{1: 2}', 1, 'unexpected "1"'],
  ['{"a":: 1}', 5, 'unexpected ":"'],
  ['{"a":}', 5, 'unexpected "}"'],
  ['[1 2]', 3, 'unexpected "2"'],
  ['[1,]', 3, 'unexpected "]"'],
  ['[,]', 1, 'unexpected ","'],
  ['[1}', 2, 'unexpected "}"'],
  ['{"a": 1]', 7, 'unexpected "]"'],
  ['[01]', 2, 'unexpected "1"'],
  ['[1.]', 2, 'unexpected "."'],
  ['[+1]', 1, 'unexpected "+1"'],
  ['[tru]', 1, 'unexpected "tru"'],
  ['[truex]', 5, 'unexpected "x"'],
  ['[NaN]', 1, 'unexpected "NaN"'],
  ['["a\nb"]', 3, 'unexpected "\\n"'],
  ['["a\\qb"]', 3, 'unexpected "\\\\q"'],
  ['["\\u12g4"]', 2, 'unexpected "\\\\u"'],
  ['[\u001b]', 1, 'unexpected "\\u001b"'],
  ['[\u00a01]', 1, 'unexpected "\u00a0"'],
  ['[😀]', 1, 'unexpected "😀"'],
])('finds in %j the error at offset %d: %s', ([text, offset, problem]) => {
  expect(findJSONError(text, 0)).toEqual({ offset, problem });
});

test('counts from the start of the text, and stops after the first value', () => {
  expect(findJSONError('xx {"a": }', 3)).toEqual({ offset: 9, problem: 'unexpected "}"' });
  expect(findJSONError('xx {"a": 1} yy', 3)).toBeUndefined();
});

test('finds no error in any valid JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1), (text, indent) => {
      expect(findJSONError(JSON.stringify(JSON.parse(text), null, indent), 0)).toBeUndefined();
    }),
  );
});

test('agrees with JSON.parse on what is valid', () => {
  const piece = fc.constantFrom(
    ...Array.from('{}[],:"\\ \n'),
    '"a"',
    '1',
    '-0',
    '01',
    '1e5',
    'true',
    'null',
    '\\u00',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      // One value in a list, so that what follows it counts, too.
      const text = `[${pieces.join('')}]`;
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      const closesEarly = findJSONError(text, 0) === undefined && !valid;
      if (closesEarly) expect(findJSONError(`${text.slice(0, -1)},0]`, 0)).toBeUndefined();
      else expect(findJSONError(text, 0) === undefined).toBe(valid);
    }),
    { numRuns: 2000 },
  );
});

test('no nesting is too deep', () => {
  const deep = '['.repeat(100_000);
  expect(findJSONError(deep, 0)?.offset).toBe(100_000);
  expect(findJSONError(`${deep}${']'.repeat(100_000)}`, 0)).toBeUndefined();
});
