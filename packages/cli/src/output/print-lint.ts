import {
  limitDiagnostics,
  printDiagnostic,
  type Diagnostic,
  type Mode,
  type Snapshot,
  type SourceTexts,
} from '@kube-rules/core';
import { count } from './count.ts';
import type { Palette } from './palette.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { paintSeverity } from './write-diagnostics.ts';

export interface LintReport {
  readonly snapshot: Snapshot;
  readonly mode: Mode;
  /** The worst first. */
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: SourceTexts;
}

/** First the answer, then each diagnostic with its place; of very many of one code the first hundred. */
export function printLint(report: LintReport, palette: Palette): string {
  const shown = sortDiagnostics(limitDiagnostics(report.diagnostics));
  const blocks = [
    printAnswer(report, palette),
    ...shown.map((one) => paintSeverity(printDiagnostic(one, report.texts), one, palette)),
    ...(shown.length > 0
      ? ['what they mean, why they matter, how to fix them: docs/diagnostics/CODE.md']
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function printAnswer({ snapshot, mode, diagnostics }: LintReport, palette: Palette): string {
  const numbers = (['error', 'warning', 'info'] as const).map((severity) => ({
    severity,
    number: diagnostics.filter((one) => one.severity === severity).length,
  }));
  const [errors] = numbers;
  const paint = (errors?.number ?? 0) > 0 ? palette.red : palette.green;
  const found = numbers
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severity));
  const { nodeName, nodes, services } = snapshot;
  const where = nodeName === '' ? count(nodes.length, 'node') : nodeName;
  const answer = found.length === 0 ? 'nothing found' : found.join(', ');
  return `${paint(answer)}: ${count(services.length, 'service')}, ${where}, ${mode} mode`;
}
