import type { Mode } from '@kube-rules/core';
import type { ReportFinding } from '../report-data.ts';
import type { Route } from './route.ts';

/** The findings that hold in the mode that is shown: the fast layout is one of nftables mode. */
export function findingsIn(
  findings: readonly ReportFinding[],
  { mode }: Pick<Route, 'mode'>,
): readonly ReportFinding[] {
  const itsMode: Mode = mode === 'fast' ? 'nftables' : mode;
  return findings.filter(({ modes }) => modes.includes(itsMode));
}
