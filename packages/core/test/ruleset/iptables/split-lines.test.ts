import { expect, test } from 'vitest';
import { splitLines } from '../../../src/ruleset/iptables/split-lines.ts';

test.for<readonly [text: string, lines: readonly string[], lineEnd: string, ended: boolean]>([
  ['', [], '\n', false],
  ['a', ['a'], '\n', false],
  ['\n', [''], '\n', true],
  ['a\nb\n', ['a', 'b'], '\n', true],
  ['a\r\nb\r\n', ['a', 'b'], '\r\n', true],
  ['a\r\nb', ['a', 'b'], '\r\n', false],
  ['a\r\nb\n', ['a\r', 'b'], '\n', true],
  ['a\rb', ['a\rb'], '\n', false],
])('%j has lines %j', ([text, lines, lineEnd, ended]) => {
  const split = splitLines(text);
  expect(Array.from(split.ranges, ({ start, end }) => text.slice(start, end))).toEqual(lines);
  expect([split.lineEnd, split.ended]).toEqual([lineEnd, ended]);
});
