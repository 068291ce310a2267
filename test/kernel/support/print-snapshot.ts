import type { Snapshot } from '@kube-rules/core';

/**
 * A snapshot as the command reads it. The size of the table of connections is left alone: in a namespace nobody may
 * write it.
 */
export function printSnapshot(snapshot: Snapshot): string {
  const { services, endpointSlices, nodes, nodeState, config } = snapshot;
  const documents = [
    ...services.map((one) => ({ apiVersion: 'v1', kind: 'Service', ...one })),
    ...endpointSlices.map((one) => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      ...one,
    })),
    ...nodes.map((one) => ({ apiVersion: 'v1', kind: 'Node', ...one })),
    { apiVersion: 'kube-rules/v1alpha1', kind: 'NodeState', ...nodeState },
    {
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      clusterCIDR: config.clusterCIDR,
      detectLocalMode: config.detectLocalMode,
      conntrack: { maxPerCore: 0 },
    },
  ];
  return documents.map((one) => `${JSON.stringify(one)}\n`).join('---\n');
}
