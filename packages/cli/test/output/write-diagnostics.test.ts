import type { Diagnostic, DiagnosticCode, Severity } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { choosePalette } from '../../src/output/palette.ts';
import { countDiagnostics, writeDiagnostics } from '../../src/output/write-diagnostics.ts';

function diagnostic(severity: Severity, code: DiagnosticCode, message = 'm'): Diagnostic {
  return { severity, code, message, objects: [] };
}

function written(diagnostics: readonly Diagnostic[], color = false, limit?: number): string {
  let text = '';
  const io = {
    writeOut: () => {},
    writeError: (part: string) => void (text += part),
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  };
  const palette = choosePalette(color ? 'always' : 'never', false, io);
  writeDiagnostics(diagnostics, io, { texts: {}, palette, ...(limit !== undefined && { limit }) });
  return text;
}

const mixed = [
  diagnostic('info', 'CONFIG_MISSING'),
  diagnostic('warning', 'NODE_MISSING'),
  diagnostic('error', 'IP_INVALID', 'first'),
  diagnostic('error', 'CIDR_INVALID', 'second'),
];

test('the worst come first, in their order', () => {
  expect(written(mixed)).toBe(
    'error IP_INVALID: first\nerror CIDR_INVALID: second\nwarning NODE_MISSING: m\ninfo CONFIG_MISSING: m\n',
  );
});

test('severities are coloured', () => {
  expect(written(mixed)).not.toContain('\u001b');
  expect(written(mixed, true)).toBe(
    '\u001b[31merror IP_INVALID\u001b[0m: first\n\u001b[31merror CIDR_INVALID\u001b[0m: second\n' +
      '\u001b[33mwarning NODE_MISSING\u001b[0m: m\n\u001b[2minfo CONFIG_MISSING\u001b[0m: m\n',
  );
});

test.for([
  { count: 20, limit: undefined, lines: 20, last: 'error IP_INVALID: m' },
  { count: 23, limit: undefined, lines: 21, last: '… and 3 more (--json lists all)' },
  { count: 23, limit: 23, lines: 23, last: 'error IP_INVALID: m' },
])('of $count with limit $limit, $lines lines are shown', ({ count, limit, lines, last }) => {
  const many = Array.from({ length: count }, () => diagnostic('error', 'IP_INVALID'));
  const text = written(many, false, limit).trimEnd().split('\n');
  expect(text).toHaveLength(lines);
  expect(text.at(-1)).toBe(last);
});

test.for([
  { list: [], text: '' },
  { list: mixed, text: '2 errors, 1 warning' },
  { list: mixed.slice(0, 2), text: '1 warning' },
  { list: mixed.slice(2, 3), text: '1 error' },
])('counts: "$text"', ({ list, text }) => {
  expect(countDiagnostics(list)).toBe(text);
});
