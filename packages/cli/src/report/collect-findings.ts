import {
  explainedModes,
  limitDiagnostics,
  lint,
  printDiagnostic,
  type Diagnostic,
  type Mode,
  type SourceTexts,
} from '@kube-rules/core';
import type { LoadedSnapshot } from '../input/load-snapshot.ts';
import { sortDiagnostics } from '../output/sort-diagnostics.ts';
import type { ReportFinding } from './report-data.ts';

/** What `lint` says of a snapshot in any mode, each once with the modes in which it holds; of very many of one code the first hundred. */
export function collectFindings(loaded: LoadedSnapshot): readonly ReportFinding[] {
  const byText = new Map<string, { diagnostic: Diagnostic; modes: Mode[] }>();
  for (const mode of explainedModes) {
    for (const diagnostic of lintIn(mode, loaded)) {
      const text = JSON.stringify(diagnostic);
      const known = byText.get(text);
      if (known) known.modes.push(mode);
      else byText.set(text, { diagnostic, modes: [mode] });
    }
  }
  const all = [...byText.values()];
  const modesOf = new Map(all.map((one) => [one.diagnostic, one.modes]));
  return sortDiagnostics([...modesOf.keys()]).map((diagnostic) =>
    findingOf(diagnostic, modesOf.get(diagnostic) ?? [], loaded.texts),
  );
}

function lintIn(
  mode: Mode,
  { snapshot, diagnostics, locate }: LoadedSnapshot,
): readonly Diagnostic[] {
  return limitDiagnostics(lint(snapshot, mode, { found: diagnostics }).map(locate));
}

function findingOf(
  diagnostic: Diagnostic,
  inModes: readonly Mode[],
  texts: SourceTexts,
): ReportFinding {
  const { code, severity, message, objects } = diagnostic;
  const services = objects.flatMap(({ kind, namespace, name }) =>
    kind === 'Service' && name !== undefined ? [`${namespace}/${name}`] : [],
  );
  return {
    code,
    severity,
    message,
    details: detailsOf(diagnostic, texts),
    services: [...new Set(services)],
    modes: inModes,
  };
}

/** The place, then what `printDiagnostic` writes below the message. */
function detailsOf(diagnostic: Diagnostic, texts: SourceTexts): string {
  const [head = '', ...lines] = printDiagnostic(diagnostic, texts).split('\n');
  const place = head.split(`${diagnostic.severity} ${diagnostic.code}`)[0] ?? '';
  return [place.replace(/: $/, ''), ...lines].filter((line) => line !== '').join('\n');
}
