import { expect, test } from 'vitest';
import { ProblemList } from '../../../src/ruleset/iptables/problem-list.ts';

function messagesOf(count: number): string[] {
  const problems = new ProblemList('a');
  for (let line = 0; line < count; line++) {
    problems.add('DUMP_SYNTAX', { start: line, end: line + 1 }, `line ${line}`);
  }
  problems.add('DUMP_TRUNCATED', { start: 0, end: 1 }, 'cut');
  return problems.finish().map(({ message }) => message);
}

test('a hundred bad lines are told, the others counted, and what else is wrong is told too', () => {
  expect(messagesOf(100)).toHaveLength(101);
  expect(messagesOf(101).slice(-3)).toEqual([
    'line 99',
    'cut',
    '1 more problem of this kind is not shown.',
  ]);
  expect(messagesOf(1000)).toHaveLength(102);
});
