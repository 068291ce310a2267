import { expect, test } from 'vitest';
import { parseJumps } from '../../../src/ruleset/iptables/parse-jumps.ts';
import { printJumps } from '../../../src/ruleset/iptables/print-jumps.ts';
import { printSavedJumps } from '../../../src/ruleset/iptables/print-saved.ts';
import { jumps as steps, withLastJump } from '../../support/rules.ts';

test('each line is a step', () => {
  const text = '-t nat -N A\n-t nat -I INPUT -m comment --comment "to a" -j A\n';
  const { jumps, diagnostics } = parseJumps(text);
  expect(diagnostics).toEqual([]);
  expect(jumps.items).toEqual([
    { kind: 'newChain', table: 'nat', chain: 'A', offset: 0 },
    {
      kind: 'prepend',
      table: 'nat',
      rule: {
        kind: 'rule',
        chain: 'INPUT',
        matches: [{ kind: 'comment', text: 'to a', quoting: 'save' }],
        target: { kind: 'jump', chain: 'A' },
        offset: 12,
      },
    },
  ]);
});

test('a rule may also come last', () => {
  const { jumps, diagnostics } = parseJumps('-t nat -A OUTPUT -j A\n');
  expect(diagnostics).toEqual([]);
  expect(jumps.items).toMatchObject([
    {
      kind: 'append',
      table: 'nat',
      rule: { chain: 'OUTPUT', target: { kind: 'jump', chain: 'A' } },
    },
  ]);
});

test.for([
  '',
  printJumps(steps),
  printJumps(withLastJump),
  '# why\n\n-t nat  -N A \n -t filter -I  INPUT  -j A  \r\n',
  '-t nat -N A\r\n-t nat -I INPUT -j A',
])('%j is printed as it was', (text) => {
  const { jumps, diagnostics } = parseJumps(text);
  expect(diagnostics).toEqual([]);
  expect(printSavedJumps(jumps)).toBe(text);
});

test.for<readonly [line: string, reason: string]>([
  ['-N A', 'it does not begin with -t TABLE'],
  ['-t', 'it does not begin with -t TABLE'],
  ['-t nat', 'it has neither -N CHAIN nor -I or -A CHAIN with a rule'],
  ['-t nat -N', 'it has neither -N CHAIN nor -I or -A CHAIN with a rule'],
  ['-t nat -N A B', 'it has neither -N CHAIN nor -I or -A CHAIN with a rule'],
  ['-t nat -D A -j B', 'it has neither -N CHAIN nor -I or -A CHAIN with a rule'],
  ['-t nat -A', 'a chain is missing'],
  ['-t nat -I', 'a chain is missing'],
  ['-t nat -I A -j B -j C', 'it has two targets'],
  ['-t nat -I A "', 'a quote is left open'],
])('%j is no step, and is left out', ([line, reason]) => {
  const { jumps, diagnostics } = parseJumps(`${line}\n-t nat -N A\n`, 'ipv4.jumps');
  expect(diagnostics).toEqual([
    {
      code: 'DUMP_SYNTAX',
      severity: 'error',
      message: `${JSON.stringify(line)} is no call of iptables: ${reason}.`,
      objects: [],
      range: { source: 'ipv4.jumps', start: 0, end: line.length },
    },
  ]);
  expect(jumps.items).toHaveLength(1);
});
