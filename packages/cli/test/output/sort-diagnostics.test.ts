import type { Diagnostic, Severity } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { sortDiagnostics } from '../../src/output/sort-diagnostics.ts';

function diagnostic(severity: Severity, message: string): Diagnostic {
  return { code: 'VIP_CONFLICT', severity, message, objects: [] };
}

test('the worst first, else as they came', () => {
  const found = [
    diagnostic('info', '1'),
    diagnostic('warning', '2'),
    diagnostic('error', '3'),
    diagnostic('warning', '4'),
  ];
  expect(sortDiagnostics(found).map(({ message }) => message)).toEqual(['3', '2', '4', '1']);
});
