import { groupBy } from '../util/group-by.ts';
import { createDiagnostic } from './create-diagnostic.ts';
import type { Diagnostic } from './diagnostic.ts';

/** As many of one code are told one by one. */
const most = 100;

/** The first 100 diagnostics of each code, and behind them how many more there were. */
export function limitDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= most) return diagnostics;
  const omitted = new Set<Diagnostic>();
  const counts: Diagnostic[] = [];
  for (const [code, all] of groupBy(diagnostics, ({ code }) => code)) {
    const [first, ...others] = all.slice(most);
    if (!first) continue;
    for (const one of [first, ...others]) omitted.add(one);
    const count = others.length + 1;
    const message = `${count} more ${count === 1 ? 'problem of this kind is' : 'problems of this kind are'} not shown.`;
    counts.push(createDiagnostic(code, { message, range: first.range }));
  }
  return [...diagnostics.filter((one) => !omitted.has(one)), ...counts];
}
