import type { NodePlan } from '@kube-rules/core';
import type { CommandIO } from '../io.ts';

/** One line for each kernel setting that should be otherwise and cannot be written, as in a container. */
export function warnOfFixedSysctls({ fixedSysctls = [] }: NodePlan, io: CommandIO): void {
  for (const { name, value, former } of fixedSysctls)
    io.writeError(
      `warning: ${name} stays ${former}, and should be ${value}: it is read-only here\n`,
    );
}
