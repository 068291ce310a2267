import type { Diagnostic } from './diagnostics/diagnostic.ts';

/** Thrown by `compile` for a snapshot without a usable configuration or node. */
export class UnusableSnapshotError extends Error {
  override readonly name = 'UnusableSnapshotError';
  /** All reasons. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.diagnostics = diagnostics;
  }
}
