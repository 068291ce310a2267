import type { EndpointUse } from '@kube-rules/core';

/** Shares are equal: one in so many, or none. */
export function printEqualShare({ share }: EndpointUse): string {
  return share > 0 ? `1/${Math.round(1 / share)}` : '-';
}
