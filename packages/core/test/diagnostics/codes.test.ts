import { expect, test } from 'vitest';
import { severityOf } from '../../src/diagnostics/codes.ts';

const codes = Object.entries(severityOf);

test('every code is in upper snake case, in alphabetical order, and has a severity', () => {
  expect(codes.length).toBeGreaterThan(30);
  for (const [code, severity] of codes) {
    expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
    expect(['error', 'warning', 'info']).toContain(severity);
  }
  const names = codes.map(([code]) => code);
  expect(names).toEqual(names.toSorted());
});
