import { expect, test } from 'vitest';
import { DumpProblems } from '../../src/diagnostics/dump-problems.ts';
import { splitLines } from '../../src/util/split-lines.ts';

function report(text: string, index: number): unknown[] {
  const problems = new DumpProblems(text, 'node1.txt');
  const line = splitLines(text)[index];
  if (line) problems.unreadable(line, 'word');
  return [...problems.diagnostics()];
}

test('says of a line what it is not, at the place of its words', () => {
  expect(report('a\n  b c \n', 1)).toEqual([
    {
      code: 'DUMP_SYNTAX',
      severity: 'error',
      message: '"b c" is no word.',
      objects: [],
      range: { source: 'node1.txt', start: 4, end: 7 },
    },
  ]);
});

test('says of a last line without an end that the text was cut', () => {
  const [diagnostic] = report('a\nb', 1);
  expect(diagnostic).toMatchObject({
    code: 'DUMP_TRUNCATED',
    message: 'The text ends within a line: "b" is no word.',
    range: { source: 'node1.txt', start: 2, end: 3 },
  });
  expect(report('a\nb', 0)).toMatchObject([{ code: 'DUMP_SYNTAX' }]);
});

test('keeps what it is told in its order', () => {
  const problems = new DumpProblems('a\n', 'x');
  const line = { text: 'a', start: 0 };
  problems.unsupported(line, 'one');
  problems.truncated(line, 'two');
  problems.syntax(line, 'three');
  expect(problems.diagnostics().map(({ code, message }) => `${code} ${message}`)).toEqual([
    'DUMP_UNSUPPORTED one',
    'DUMP_TRUNCATED two',
    'DUMP_SYNTAX three',
  ]);
});
