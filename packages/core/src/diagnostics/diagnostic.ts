import type { DiagnosticCode, Severity } from './codes.ts';

/** The object that a diagnostic speaks of; `path` leads to the field, and is empty for the object as a whole. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path: string;
}

/** A place in an input: offsets in UTF-16 code units, `end` exclusive. */
export interface SourceRange {
  /** The input's file name, as the caller named it. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** Something wrong or doubtful in what the user gave. Never thrown; plain data that survives `JSON.stringify`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly objects: readonly ObjectRef[];
  readonly range?: SourceRange;
}
