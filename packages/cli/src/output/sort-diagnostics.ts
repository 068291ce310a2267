import type { Diagnostic, Severity } from '@kube-rules/core';

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first, else as they were found. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => order[a.severity] - order[b.severity]);
}
