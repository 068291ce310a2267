import { expect, test } from 'vitest';
import { severityOf, type DiagnosticCode } from '../../src/diagnostics/codes.ts';
import { createDiagnostic } from '../../src/diagnostics/create-diagnostic.ts';

test.for(Object.entries(severityOf))('%s is of severity %s', ([code, severity]) => {
  expect(createDiagnostic(code as DiagnosticCode, { message: 'Why.' })).toStrictEqual({
    code,
    severity,
    message: 'Why.',
    objects: [],
  });
});

test('carries objects and range, and survives JSON', () => {
  const diagnostic = createDiagnostic('IP_INVALID', {
    message: 'Why.',
    objects: [{ kind: 'Service', namespace: 'a', name: 'b', path: 'spec' }],
    range: { source: 'f', start: 1, end: 2 },
  });
  expect(JSON.parse(JSON.stringify(diagnostic))).toStrictEqual(diagnostic);
  expect(diagnostic.range).toEqual({ source: 'f', start: 1, end: 2 });
});
