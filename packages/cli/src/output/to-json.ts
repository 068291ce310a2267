import { positionAt, type Diagnostic, type Position, type SourceTexts } from '@kube-rules/core';
import { escapeLines } from './escape-lines.ts';

const jsonVersion = 'kube-rules/v1alpha1';

export interface JSONDiagnostic extends Diagnostic {
  readonly position?: Position;
}

/** A diagnostic with its line and column, for a machine to read. */
export function diagnosticToJSON(diagnostic: Diagnostic, texts: SourceTexts): JSONDiagnostic {
  const { range } = diagnostic;
  const text = texts[range?.source ?? ''];
  if (!range || text === undefined) return diagnostic;
  return { ...diagnostic, position: positionAt(text, range.start) };
}

export function printJSON(kind: string, fields: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify({ apiVersion: jsonVersion, kind, ...fields }, null, 2);
  return `${escapeLines(text)}\n`;
}
