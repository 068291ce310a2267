import type { NodePlan } from '@kube-rules/core';
import type { CommandIO } from '../io.ts';

/** The rules of userspace mode lead to a process, which they do not start. */
export function warnOfMissingProxy({ mode }: NodePlan, io: CommandIO): void {
  if (mode !== 'userspace') return;
  io.writeError(
    'warning: the rules lead to the ports of a proxy, and apply runs none: kube-rules proxy applies them and runs it\n',
  );
}
