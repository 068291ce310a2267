import type { Snapshot } from '@kube-rules/core';

/** The node of an endpoint, by `ip:port`; of those that no slice has, none. */
export type NodeOfEndpoint = (destination: string) => string | undefined;

export function endpointNodes(snapshot: Snapshot | undefined): NodeOfEndpoint {
  const nodes = new Map<string, string>();
  for (const { endpoints } of snapshot?.endpointSlices ?? [])
    for (const { addresses, nodeName } of endpoints)
      for (const address of addresses) if (nodeName !== undefined) nodes.set(address, nodeName);
  return (destination) => nodes.get(destination.replace(/:\d+$/, '').replaceAll(/[[\]]/g, ''));
}
