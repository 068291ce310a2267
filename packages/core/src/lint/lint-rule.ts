import type { ProxyMode } from '../config/configuration.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { ObjectRef } from '../diagnostics/diagnostic.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { LintContext } from './lint-context.ts';

export type LintMode = Exclude<ProxyMode, ''>;

/** Something doubtful; the first object is the one to change. */
export interface LintFinding {
  readonly message: string;
  readonly objects: readonly ObjectRef[];
}

/** Looks for one kind of doubtful thing. Its severity is that of its code. */
export interface LintRule {
  readonly code: DiagnosticCode;
  /** The modes in which it matters; all where it does not say. */
  readonly modes?: readonly LintMode[];
  /** What is doubtful about the cluster, whichever node looks at it. */
  readonly check?: (context: LintContext) => Iterable<LintFinding>;
  /** What is doubtful about one node: called for each node looked at, with the snapshot as that node sees it. */
  readonly checkNode?: (snapshot: Snapshot, context: LintContext) => Iterable<LintFinding>;
}
