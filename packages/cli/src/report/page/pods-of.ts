import type { Snapshot } from '@kube-rules/core';

/** As many are offered. */
const most = 200;

/** The addresses of endpoints on a node: pods that a packet may come from. */
export function podsOf({ endpointSlices }: Snapshot, nodeName: string): readonly string[] {
  const addresses = endpointSlices.flatMap(({ endpoints }) =>
    endpoints.flatMap((endpoint) => (endpoint.nodeName === nodeName ? endpoint.addresses : [])),
  );
  return [...new Set(addresses)].slice(0, most);
}
