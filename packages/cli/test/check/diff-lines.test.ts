import { expect, test } from 'vitest';
import { diffLines } from '../../src/check/diff-lines.ts';
import type { OwnerFinder } from '../../src/check/owner.ts';

const nobody: OwnerFinder = () => undefined;
const echo: OwnerFinder = (text) => ({ text: `owner of ${text}` });

function manyLines(letter: string): string {
  return Array.from({ length: 3000 }, (_, index) => `${letter}${index}\n`).join('');
}

test('the same text has no hunks', () => {
  expect(diffLines('*nat\na\n', '*nat\na\n', nobody)).toEqual({
    added: 0,
    removed: 0,
    hunks: [],
    changed: [],
  });
});

test('a hunk has three lines around, its numbers, its table and the owners of changed lines', () => {
  const before = ['*filter', 'COMMIT', '*nat', 'a', 'b', 'c', 'old', 'd', 'e', 'f', 'g', ''];
  const after = before.map((line) => (line === 'old' ? 'new' : line));
  const { added, removed, hunks, changed } = diffLines(before.join('\n'), after.join('\n'), echo);
  const lines = [
    { kind: 'removed', text: 'old', owner: { text: 'owner of old' } },
    { kind: 'added', text: 'new', owner: { text: 'owner of new' } },
  ];
  expect({ added, removed, changed }).toEqual({ added: 1, removed: 1, changed: lines });
  expect(hunks).toEqual([
    {
      goldenStart: 4,
      goldenLines: 7,
      compiledStart: 4,
      compiledLines: 7,
      table: 'nat',
      lines: [
        ...['a', 'b', 'c'].map((text) => ({ kind: 'same', text })),
        ...lines,
        ...['d', 'e', 'f'].map((text) => ({ kind: 'same', text })),
      ],
    },
  ]);
});

test('before the first table a hunk has none', () => {
  const { hunks } = diffLines('a\n', 'b\n', nobody);
  expect(hunks).toHaveLength(1);
  expect(hunks[0]).not.toHaveProperty('table');
});

test.for([
  { golden: 'a', compiled: 'a\n' },
  { golden: '', compiled: 'a\n' },
  { golden: 'a\r\n', compiled: 'a\n' },
])('$golden differs from $compiled', ({ golden, compiled }) => {
  const { added, removed } = diffLines(golden, compiled, nobody);
  expect(added + removed).toBeGreaterThan(0);
});

test('texts that have little in common are counted, without hunks, and have owners', () => {
  const { added, removed, hunks, changed } = diffLines(manyLines('a'), manyLines('b'), (line) => ({
    text: line,
  }));
  expect({ added, removed, hunks }).toEqual({ added: 3000, removed: 3000, hunks: [] });
  expect(changed[0]).toEqual({ kind: 'removed', text: 'a0', owner: { text: 'a0' } });
  expect(changed.at(-1)).toEqual({ kind: 'added', text: 'b2999', owner: { text: 'b2999' } });
});
