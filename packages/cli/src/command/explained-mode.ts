import { explainedModes, type ExplainedMode, type Mode } from '@kube-rules/core';
import { UsageError } from '../usage-error.ts';

/** @throws {UsageError} for userspace mode, in which nothing differs between endpoints, clients and addresses. */
export function requireExplainedMode(mode: Mode): ExplainedMode {
  const explained = explainedModes.find((name) => name === mode);
  if (explained !== undefined) return explained;
  throw new UsageError(
    `in ${mode} mode every client gets every ready endpoint in turn; choose another with --mode`,
  );
}
