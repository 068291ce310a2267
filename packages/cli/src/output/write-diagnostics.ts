import {
  printDiagnostic,
  type Diagnostic,
  type Severity,
  type SourceTexts,
} from '@kube-rules/core';
import type { CommandIO } from '../io.ts';
import type { Palette } from './palette.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

const mostShown = 20;

export interface DiagnosticsOutput {
  readonly texts: SourceTexts;
  readonly palette: Palette;
  /** How many are shown at most; all that matter where `--json` will not list the rest. */
  readonly limit?: number;
  /** What lists the rest. */
  readonly wayOn?: string;
}

/** Prints diagnostics to standard error, the worst first; of very many the first twenty, and how many more there are. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  io: CommandIO,
  { texts, palette, limit = mostShown, wayOn = '--json' }: DiagnosticsOutput,
): void {
  const sorted = sortDiagnostics(diagnostics);
  for (const diagnostic of sorted.slice(0, limit)) {
    io.writeError(`${paintSeverity(printDiagnostic(diagnostic, texts), diagnostic, palette)}\n`);
  }
  const hidden = sorted.length - limit;
  if (hidden > 0) io.writeError(`… and ${hidden} more (${wayOn} lists all)\n`);
}

/** A printed diagnostic with its severity and code in the severity's colour. */
export function paintSeverity(
  text: string,
  { severity, code }: Diagnostic,
  palette: Palette,
): string {
  const paint = { error: palette.red, warning: palette.yellow, info: palette.dim }[severity];
  return text.replace(`${severity} ${code}`, paint(`${severity} ${code}`));
}

/** `2 errors, 1 warning`; empty if there are none. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): string[] => {
    const { length } = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    return length === 0 ? [] : [`${length} ${severity}${length === 1 ? '' : 's'}`];
  };
  return [...count('error'), ...count('warning')].join(', ');
}
