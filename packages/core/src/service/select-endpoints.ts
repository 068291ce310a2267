import { compareText } from '../util/compare-text.ts';
import type { Behaviour } from './behaviour.ts';
import type { Endpoint } from './endpoint.ts';
import { usesClusterEndpoints, usesLocalEndpoints, type ServicePort } from './service-port.ts';
import { isWithinTopology, topologyModeOf, type NodeTopology } from './topology.ts';

/** Which endpoints of a service port serve which traffic on this node. All lists are sorted by address text. */
export interface SelectedEndpoints {
  /** For traffic under policy Cluster. */
  readonly cluster: readonly Endpoint[];
  /** For traffic under policy Local. */
  readonly local: readonly Endpoint[];
  /** All that some traffic may reach. */
  readonly reachable: readonly Endpoint[];
  /** Whether any endpoint is usable on any node: what tells REJECT from DROP. */
  readonly hasAny: boolean;
}

export interface SelectionContext {
  readonly topology: NodeTopology;
  readonly behaviour: Behaviour;
}

/** Chooses as kube-proxy's `CategorizeEndpoints`: ready ones, else those that still serve while they terminate. */
export function selectEndpoints(
  servicePort: ServicePort,
  endpoints: readonly Endpoint[],
  context: SelectionContext,
): SelectedEndpoints {
  const wantsCluster = usesClusterEndpoints(servicePort);
  const wantsLocal = usesLocalEndpoints(servicePort);
  const mode = wantsCluster ? topologyModeOf(endpoints, servicePort, context) : 'none';
  const near = endpoints.filter(
    (endpoint) => endpoint.ready && isWithinTopology(endpoint, mode, context.topology),
  );
  const cluster = !wantsCluster
    ? []
    : near.length > 0
      ? near
      : endpoints.filter(isServingTerminating);
  if (!wantsLocal) return { cluster, local: [], reachable: cluster, hasAny: cluster.length > 0 };

  const hasAny = cluster.length > 0 || endpoints.some(isUsable);
  const here = endpoints.filter(({ isLocal }) => isLocal);
  const ready = here.filter((endpoint) => endpoint.ready);
  const fellBack = ready.length === 0 && here.some(isServingTerminating);
  const local = fellBack ? here.filter(isServingTerminating) : ready;
  if (!wantsCluster) return { cluster, local, reachable: local, hasAny };
  const clusterHoldsLocal = mode === 'none' && !fellBack;
  return {
    cluster,
    local,
    reachable: clusterHoldsLocal ? cluster : uniteEndpoints(cluster, local),
    hasAny,
  };
}

/** Whether an endpoint may be used at all, if only because no other is ready. */
export function isUsable(endpoint: Endpoint): boolean {
  return endpoint.ready || isServingTerminating(endpoint);
}

function isServingTerminating({ serving, terminating }: Endpoint): boolean {
  return serving && terminating;
}

/** Each endpoint of two lists once, sorted by address text. */
export function uniteEndpoints(a: readonly Endpoint[], b: readonly Endpoint[]): Endpoint[] {
  const byAddress = new Map([...a, ...b].map((endpoint) => [endpoint.address, endpoint]));
  return [...byAddress.values()].sort((x, y) => compareText(x.address, y.address));
}
