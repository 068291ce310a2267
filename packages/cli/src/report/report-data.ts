import type { ExplainedMode, Mode, Release, Severity, Snapshot } from '@kube-rules/core';

/** What a report's page is made of: everything else is worked out in the page. Plain data that survives `JSON.stringify`. */
export interface ReportData {
  readonly snapshot: Snapshot;
  /** The node and the mode that the page begins with. */
  readonly nodeName: string;
  readonly mode: ExplainedMode;
  readonly release: Release;
  /** Of kube-rules. */
  readonly version: string;
  /** The worst first. */
  readonly findings: readonly ReportFinding[];
}

/** A diagnostic as people read it. */
export interface ReportFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What it is about and where that stands, with the lines of the input; may be empty. */
  readonly details: string;
  /** The Services that it names, `namespace/name`. */
  readonly services: readonly string[];
  /** The modes in which it holds. */
  readonly modes: readonly Mode[];
}
