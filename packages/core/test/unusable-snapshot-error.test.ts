import { expect, test } from 'vitest';
import { createDiagnostic } from '../src/diagnostics/create-diagnostic.ts';
import { UnusableSnapshotError } from '../src/unusable-snapshot-error.ts';

test('it is an Error that holds all reasons, a line each', () => {
  const diagnostics = [
    createDiagnostic('NODE_UNKNOWN', { message: 'No such Node.' }),
    createDiagnostic('CONFIG_VALUE_INVALID', { message: 'Not this.' }),
  ];
  const error = new UnusableSnapshotError(diagnostics);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('UnusableSnapshotError');
  expect(error.message).toBe('NODE_UNKNOWN: No such Node.\nCONFIG_VALUE_INVALID: Not this.');
  expect(error.diagnostics).toBe(diagnostics);
});
