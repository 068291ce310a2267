import { severityOf, type DiagnosticCode } from './codes.ts';
import type { Diagnostic, ObjectRef, SourceRange } from './diagnostic.ts';

export interface DiagnosticDetails {
  readonly message: string;
  readonly objects?: readonly ObjectRef[];
  readonly range?: SourceRange | undefined;
}

/** A diagnostic with its code's severity. */
export function createDiagnostic(code: DiagnosticCode, details: DiagnosticDetails): Diagnostic {
  const { message, objects = [], range } = details;
  return { code, severity: severityOf[code], message, objects, ...(range && { range }) };
}
