import { suggest } from '../util/suggest.ts';

/** The feature gates that concern kube-proxy; Kubernetes has many more, which its binary takes too. */
const known: readonly string[] = [
  'KubeProxyDrainingTerminatingNodes',
  'KubeProxyIPVS',
  'KubeProxyNFTablesLocalhostNodePorts',
  'LoadBalancerIPMode',
  'MultiCIDRServiceAllocator',
  'NFTablesNetlink',
  'NFTablesProxyMode',
  'PreferSameTrafficDistribution',
  'ServiceTrafficDistribution',
  'TopologyAwareHints',
];

/** The gate that a misspelled one probably stands for; a gate that resembles none is taken for one of Kubernetes'. */
export function suggestFeatureGate(gate: string): string | undefined {
  return known.includes(gate) ? undefined : suggest(gate, known);
}
