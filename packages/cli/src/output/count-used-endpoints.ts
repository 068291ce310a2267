import type { EndpointUse, PortExplanation } from '@kube-rules/core';

/** `2 of 3 endpoints are used`; endpoints of several ports count for each of them. */
export function countUsedEndpoints(ports: readonly PortExplanation[]): string {
  const listed = ports
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ replacedBy }) => replacedBy === undefined);
  const used = listed.filter(({ cluster, local }) => isUsed(cluster) || isUsed(local));
  if (listed.length === 0) return 'no endpoints';
  return `${used.length} of ${listed.length} endpoints ${used.length === 1 ? 'is' : 'are'} used`;
}

function isUsed(use: EndpointUse | undefined): boolean {
  return use !== undefined && use.share > 0;
}
