import type { PortExplanation } from '@kube-rules/core';

const unremarkable: ReadonlySet<string> = new Set(['no hints', 'no endpoint is ready']);

/** What holds for all endpoints of a port, a line each. */
export function printRemarks({ topology, affinitySeconds }: PortExplanation): string[] {
  const isRemarkable = topology !== undefined && !unremarkable.has(topology);
  return [
    ...(isRemarkable ? [`topology: ${topology}`] : []),
    ...(affinitySeconds === undefined
      ? []
      : [`session affinity: a client stays with its endpoint for ${affinitySeconds} seconds`]),
  ];
}
