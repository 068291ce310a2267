import { ApplyError } from '@kube-rules/apply-linux';
import { whoOwns, type Mode, type Snapshot } from '@kube-rules/core';

/** The Service of the line that a tool refused; `undefined` if no line is known, or it is of every node. */
export function findCulprit(error: unknown, snapshot: Snapshot, mode: Mode): string | undefined {
  if (!(error instanceof ApplyError) || error.line === undefined) return undefined;
  const [owner] = whoOwns(error.line, snapshot, { mode }).owners;
  return owner?.servicePort?.replace(/:[^/]*$/, '');
}
