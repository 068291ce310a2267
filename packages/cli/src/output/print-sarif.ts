import {
  positionAt,
  printObjectRef,
  severityOf,
  type Diagnostic,
  type DiagnosticCode,
  type Severity,
  type SourceTexts,
} from '@kube-rules/core';
import { readVersion } from '../version.ts';
import { escapeLines } from './escape-lines.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Diagnostics in the Static Analysis Results Interchange Format, 2.1.0 (OASIS), as code review tools read it. */
export function printSARIF(diagnostics: readonly Diagnostic[], texts: SourceTexts): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'kube-rules', version: readVersion(), rules: codes.map(reportingRule) },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: codes.indexOf(diagnostic.code),
          level: levels[diagnostic.severity],
          message: { text: diagnostic.message },
          locations: [locationOf(diagnostic, texts)],
        })),
      },
    ],
  };
  return `${escapeLines(JSON.stringify(log, null, 2))}\n`;
}

function reportingRule(code: DiagnosticCode): object {
  return {
    id: code,
    help: { text: `docs/diagnostics/${code}.md` },
    defaultConfiguration: { level: levels[severityOf[code]] },
  };
}

/** Code review shows no result without a file: what has no place of its own is the first input's. */
function locationOf({ range, objects }: Diagnostic, texts: SourceTexts): object {
  const source = range?.source ?? Object.keys(texts)[0] ?? '';
  const text = texts[source];
  const region = range && text !== undefined ? regionOf(text, range.start, range.end) : undefined;
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(source.replaceAll('\\', '/')) },
      ...(region && { region }),
    },
    logicalLocations: objects.map((object) => ({ fullyQualifiedName: printObjectRef(object) })),
  };
}

function regionOf(text: string, start: number, end: number): object {
  const [first, last] = [positionAt(text, start), positionAt(text, end)];
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}
