import * as fc from 'fast-check';
import { arbitraryHostileString } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { positionAt } from '../../src/diagnostics/position.ts';
import { parseDocuments } from '../../src/document/parse-documents.ts';

function parse(text: string, maxLength?: number): ReturnType<typeof parseDocuments> {
  return parseDocuments({ file: 'f', text }, maxLength);
}

/** `CODE line:column` of each diagnostic. */
function problems(text: string, maxLength?: number): string[] {
  return parse(text, maxLength).diagnostics.map(({ code, range }) => {
    const { line, column } = positionAt(text, range?.start ?? -1);
    return `${code} ${line}:${column}`;
  });
}

function values(text: string): unknown[] {
  return parse(text).documents.map(({ value }) => value);
}

test.for<[string, string, unknown[]]>([
  ['one YAML document', 'a: 1\n', [{ a: 1 }]],
  ['several YAML documents', 'a: 1\n---\nb: 2\n---\nc: 3', [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ['a leading and a final ---', '---\na: 1\n---\n', [{ a: 1 }]],
  ['empty documents between', '---\n---\na: 1\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['a comment after ---', '--- # first\na: 1\n--- # second\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['a value on the line of ---', '--- {a: 1}\n--- [2]\n', [{ a: 1 }, [2]]],
  ['documents that ... ends', 'a: 1\n...\nb: 2\n...\n---\nc: 3\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ['a directive', '%YAML 1.2\n---\na: 1\n', [{ a: 1 }]],
  ['CRLF', 'a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n', [{ a: 1 }, { b: 'x\ny\n' }]],
  ['a byte order mark before YAML', '\ufeffa: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ['a byte order mark before ---', '\ufeff---\na: 1\n', [{ a: 1 }]],
  ['a byte order mark before JSON', '\ufeff{"a": 1}', [{ a: 1 }]],
  ['--- indented in a block scalar', 'a: |\n  x\n  ---\n  y\n', [{ a: 'x\n---\ny\n' }]],
  [
    '--- within a word or a line',
    'a: x---y\nb: ---z\n---c: 1\n',
    [{ a: 'x---y', b: '---z', '---c': 1 }],
  ],
  ['--- in a JSON string', '{"a": "x\\n---\\ny"}', [{ a: 'x\n---\ny' }]],
  ['one JSON value', ' \n{"a": [1, null, "x"]}\n', [{ a: [1, null, 'x'] }]],
  [
    'JSON values after each other',
    '{"a": 1}{"b": "}{"}\n\n[3] {"c": 4}',
    [{ a: 1 }, { b: '}{' }, [3], { c: 4 }],
  ],
  [
    'JSON and YAML documents',
    '{"a": 1}\n---\nb: 2\n---\n{"c": 3}\n',
    [{ a: 1 }, { b: 2 }, { c: 3 }],
  ],
  ['JSON after ---', '---\n{"a": 1}\n', [{ a: 1 }]],
  ['a YAML flow mapping that begins as JSON', '{a: 1, "b": [x, y]}', [{ a: 1, b: ['x', 'y'] }]],
  ['a YAML flow sequence with a comment', '[1, # one\n 2,]', [[1, 2]]],
  [
    'anchors and aliases',
    'a: &x {p: 1}\nb: *x\nc: [*x]\n',
    [{ a: { p: 1 }, b: { p: 1 }, c: [{ p: 1 }] }],
  ],
  [
    'YAML 1.2 words',
    'a: yes\nb: no\nc: 0o17\nd: 017\ne: ~\n',
    [{ a: 'yes', b: 'no', c: 15, d: 17, e: null }],
  ],
  ['a scalar', 'just text', ['just text']],
  [
    'a JSON key that JavaScript knows',
    '{"__proto__": {"a": 1}}',
    [JSON.parse('{"__proto__": {"a": 1}}')],
  ],
])('reads %s', ([, text, expected]) => {
  expect(parse(text).diagnostics).toEqual([]);
  expect(values(text)).toEqual(expected);
});

test('a key __proto__ never becomes a prototype', () => {
  for (const text of ['{"__proto__": {"a": 1}}', '__proto__: {a: 1}', '"__pro\\x74o__": {a: 1}']) {
    const [value] = values(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  }
});

test.for<[string, string, string[]]>([
  ['an empty text', '', ['INPUT_EMPTY 1:1']],
  ['white space', ' \n\t\n', ['INPUT_EMPTY 1:1']],
  ['comments', '# a\n# b\n', ['INPUT_EMPTY 1:1']],
  ['empty documents', '---\n---\n# c\n', ['INPUT_EMPTY 1:1']],
  ['only a byte order mark', '\ufeff', ['INPUT_EMPTY 1:1']],
  ['a NUL', 'a: 1\nb: \0\n', ['INPUT_BINARY 2:4']],
  ['bytes that are not UTF-8', 'a: 1\nb: \ufffd\n', ['INPUT_BINARY 2:4']],
  ['UTF-16 read as UTF-8', '\ufffd\ufffda\0:\0', ['INPUT_BINARY 1:1']],
  ['duplicate keys', 'a: 1\nb: 2\na: 3\n', ['YAML_SYNTAX 3:1']],
  ['an alias of nothing', 'a: *x\n', ['YAML_SYNTAX 1:1']],
  ['YAML with a tab as indentation', 'a:\n\tb: 1\n', ['YAML_SYNTAX 2:1']],
  ['a mapping within a line', 'a: b: c\n', ['YAML_SYNTAX 1:4']],
  ['a quote that is left open', 'a: 1\nb: "x\n', ['YAML_SYNTAX 3:1']],
  ['JSON with a comma too many', '{"a": [\n  1,,\n 2]}', ['JSON_SYNTAX 2:5']],
  ['JSON that ends early', '{"a": {"b": 1}\n', ['JSON_SYNTAX 2:1']],
  ['text after JSON', '{"a": 1}\noops\n', ['JSON_SYNTAX 2:1']],
])('reports the place of: %s', ([, text, expected]) => {
  expect(problems(text)).toEqual(expected);
});

test.for<[string, string, string]>([
  ['YAML', 'a: 1\n---\nb: 1\nc: [1, 2\nd: 2\n---\ne: 3\n', 'YAML_SYNTAX 5:1'],
  ['YAML with CRLF', 'a: 1\r\n---\r\nb: 1\r\nc: ]\r\n---\r\ne: 3\r\n', 'YAML_SYNTAX 4:4'],
  ['JSON', '{"a": 1}\n---\n{"b": 1,\n "c": [}]}\n---\n{"e": 3}\n', 'JSON_SYNTAX 4:8'],
])(
  'of three documents in %s a broken one is left out, and the others survive',
  ([, text, problem]) => {
    expect(values(text)).toEqual([{ a: 1 }, { e: 3 }]);
    expect(problems(text)[0]).toBe(problem);
  },
);

test('a JSON value that is broken leaves those before it', () => {
  expect(values('{"a": 1}\n{"b": tru}\n{"c": 3}')).toEqual([{ a: 1 }]);
  expect(problems('{"a": 1}\n{"b": tru}\n{"c": 3}')).toEqual(['JSON_SYNTAX 2:7']);
});

test('names what is wrong in the words of the format, with control characters escaped', () => {
  const [json] = parse('{"a": \u001b[31m}').diagnostics;
  expect(json?.message).toBe(
    'This is no valid JSON (unexpected "\\u001b"); the document is left out.',
  );
  const [alias] = parse('a: *x\u001b\n').diagnostics;
  expect(alias?.message).toBe(
    'This is no valid YAML (Unresolved alias (the anchor must be set before the alias): x\\u001b); the document is left out.',
  );
});

test('reports at most three errors of one YAML document', () => {
  expect(problems('a: @\nb: @\nc: @\nd: @\n')).toEqual([
    'YAML_SYNTAX 1:4',
    'YAML_SYNTAX 2:4',
    'YAML_SYNTAX 3:4',
  ]);
});

test('refuses a text that is longer than allowed, and reads one that is just as long', () => {
  expect(problems('a: 12', 5)).toEqual([]);
  expect(problems('a: 123', 5)).toEqual(['INPUT_TOO_LARGE 1:1']);
  expect(parse('a: 123', 5).documents).toEqual([]);
});

const uses = (count: number): string => `a: &x {p: 1}\nb: [${'*x,'.repeat(count)}]`;

test('refuses an alias bomb, and reads 99 uses of an anchor', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++) bomb.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`);
  expect(problems(bomb.join('\n'))).toEqual(['ALIAS_LIMIT 1:1']);
  expect(problems(uses(99))).toEqual([]);
  expect(problems(uses(101))).toEqual(['ALIAS_LIMIT 1:1']);
});

test('refuses a value that holds itself', () => {
  for (const text of ['&a [*a]', '&a {b: *a}', 'x: &a {b: [*a, *a]}'])
    expect(problems(text)).toEqual(['YAML_SYNTAX 1:1']);
});

const depth = 100_000;

test.for<[string, string, string[]]>([
  ['[ in JSON', '['.repeat(depth), [`JSON_SYNTAX 1:${depth + 1}`]],
  ['[] in JSON', '['.repeat(depth) + ']'.repeat(depth), []],
  ['{ in JSON', '{"a":'.repeat(depth), [`JSON_SYNTAX 1:${depth * 5 + 1}`]],
  ['{} in JSON', `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, []],
  ['[ in a short text', '['.repeat(60_000), ['JSON_SYNTAX 1:60001']],
  ['[ in YAML', `a: ${'['.repeat(depth)}`, ['YAML_SYNTAX 1:1']],
  ['[] in YAML', `a: ${'['.repeat(depth)}${']'.repeat(depth)}`, ['YAML_SYNTAX 1:1']],
  ['{ in YAML', `a: ${'{'.repeat(depth)}`, ['YAML_SYNTAX 1:1']],
  ['{a: in YAML', `a: ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`, ['YAML_SYNTAX 1:1']],
  ['- in YAML', '- '.repeat(depth), ['YAML_SYNTAX 1:1']],
  ['? in YAML', '? '.repeat(depth), ['YAML_SYNTAX 1:1']],
  [
    'YAML by indentation',
    Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ['YAML_SYNTAX 1:1'],
  ],
])('deep nesting of %s neither throws nor takes long', ([, text, expected]) => {
  const before = performance.now();
  expect(problems(text)).toEqual(expected);
  expect(performance.now() - before).toBeLessThan(10_000);
});

test('reads YAML nested as deep as objects are', () => {
  expect(problems(`a: ${'['.repeat(150)}${']'.repeat(150)}`)).toEqual([]);
});

test('never throws, and every range lies in the text', () => {
  const piece = fc.oneof(
    arbitraryHostileString(),
    fc.constantFrom('a: ', '\n', '{"a":', '}', '- ', '---\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('').slice(0, 5000);
      const { documents, diagnostics } = parse(text);
      expect(documents.length + diagnostics.length).toBeGreaterThan(0);
      const ranges = [
        ...diagnostics.map(({ range }) => range),
        ...documents.map((one) => one.rangeOf([])),
      ];
      for (const range of ranges) {
        expect(range?.start).toBeGreaterThanOrEqual(0);
        expect(range?.start).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 300 },
  );
});
