import type { Release } from './release.ts';

/** In what the releases of kube-proxy differ, feature gates included. */
export interface Behaviour {
  /** The label `service.kubernetes.io/headless` hides a Service. */
  readonly headlessLabelHidesService: boolean;
  /** The label `service.kubernetes.io/service-proxy-name` hides an EndpointSlice. */
  readonly proxyNameLabelHidesSlice: boolean;
  readonly ingressIPMode: boolean;
  readonly zoneHints: boolean;
  /** Zone hints need an annotation of the Service, and a zone label of the Node. */
  readonly hintsNeedAnnotation: boolean;
  readonly nodeHints: boolean;
  /** A source range of prefix length 0 lifts the restriction of its family. */
  readonly zeroRangeAllowsAll: boolean;
  /** Of duplicate endpoints the last local one wins, else the first; later releases take the last that is not terminating. */
  readonly localDuplicateWins: boolean;
  /** Counters of xt_nfacct, where the node has them. */
  readonly nfacct: boolean;
  /** The keyword `primary` in `nodePortAddresses`. */
  readonly primaryNodePortAddresses: boolean;
  /** Mode nftables may be chosen. */
  readonly nftablesMode: boolean;
  /** The most entries that conntrack is asked to hold; 1.35 set a limit. */
  readonly mostConnections: number;
}

export function behaviourOf(
  release: Release,
  featureGates: Readonly<Record<string, boolean>>,
): Behaviour {
  if (release !== '1.30') return newest;
  const zoneHints = featureGates['TopologyAwareHints'] ?? true;
  return {
    headlessLabelHidesService: true,
    proxyNameLabelHidesSlice: true,
    ingressIPMode: featureGates['LoadBalancerIPMode'] ?? true,
    zoneHints,
    hintsNeedAnnotation: !(featureGates['ServiceTrafficDistribution'] ?? false),
    nodeHints: false,
    zeroRangeAllowsAll: false,
    localDuplicateWins: true,
    nfacct: false,
    primaryNodePortAddresses: false,
    nftablesMode: featureGates['NFTablesProxyMode'] ?? false,
    mostConnections: Infinity,
  };
}

const newest: Behaviour = {
  headlessLabelHidesService: false,
  proxyNameLabelHidesSlice: false,
  ingressIPMode: true,
  zoneHints: true,
  hintsNeedAnnotation: false,
  nodeHints: true,
  zeroRangeAllowsAll: true,
  localDuplicateWins: false,
  nfacct: true,
  primaryNodePortAddresses: true,
  nftablesMode: true,
  mostConnections: 1_048_576,
};
