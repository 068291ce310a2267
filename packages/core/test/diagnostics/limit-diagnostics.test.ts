import { expect, test } from 'vitest';
import { createDiagnostic } from '../../src/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { limitDiagnostics } from '../../src/diagnostics/limit-diagnostics.ts';

function syntaxErrors(count: number): Diagnostic[] {
  return Array.from({ length: count }, (_, index) =>
    createDiagnostic('DUMP_SYNTAX', {
      message: `line ${index}`,
      range: { source: 'a', start: index, end: index + 1 },
    }),
  );
}

test('keeps a hundred of one code', () => {
  expect(limitDiagnostics(syntaxErrors(100))).toEqual(syntaxErrors(100));
});

test.for([
  [101, '1 more problem of this kind is not shown.'],
  [350, '250 more problems of this kind are not shown.'],
] as const)('says how many of %i are not shown', ([count, message]) => {
  const limited = limitDiagnostics(syntaxErrors(count));
  expect(limited).toHaveLength(101);
  expect(limited.slice(0, 100)).toEqual(syntaxErrors(100));
  const range = { source: 'a', start: 100, end: 101 };
  expect(limited.at(-1)).toEqual(createDiagnostic('DUMP_SYNTAX', { message, range }));
});

test('keeps what is of another code, in its order', () => {
  const truncated = createDiagnostic('DUMP_TRUNCATED', { message: 'cut' });
  const limited = limitDiagnostics([...syntaxErrors(200), truncated]);
  expect(limited.map(({ code }) => code).slice(99)).toEqual([
    'DUMP_SYNTAX',
    'DUMP_TRUNCATED',
    'DUMP_SYNTAX',
  ]);
});
