import { compareText } from '../util/compare-text.ts';
import type { Endpoint } from './endpoint.ts';
import { usesClusterEndpoints, usesLocalEndpoints, type ServicePort } from './service-port.ts';
import {
  chooseTopology,
  isWithinTopology,
  type NodeTopology,
  type TopologyChoice,
  type TopologyContext,
} from './topology.ts';

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

export type SelectionContext = TopologyContext;

/** What is decided for all endpoints of a service port at once. */
export interface Selection {
  /** Some traffic is under policy Cluster. */
  readonly usesCluster: boolean;
  /** Some traffic is under policy Local. */
  readonly usesLocal: boolean;
  readonly topology: TopologyChoice;
  readonly node: NodeTopology;
  /** None is ready for policy Cluster: those that still serve while they terminate are taken. */
  readonly clusterFallsBack: boolean;
  /** The same for policy Local. */
  readonly localFallsBack: boolean;
}

/** Why an endpoint serves traffic. */
export type UsedReason =
  | 'ready'
  | 'hinted for this node'
  | 'hinted for this zone'
  | 'terminating, and used because none is ready';

/** Why it does not. */
type UnusedReason =
  | 'not ready'
  | 'terminating'
  | 'hinted for another node'
  | 'hinted for another zone'
  | 'on another node'
  | 'on no node that is named';

export type SelectionReason = UsedReason | UnusedReason;

const used: ReadonlySet<SelectionReason> = new Set<UsedReason>([
  'ready',
  'hinted for this node',
  'hinted for this zone',
  'terminating, and used because none is ready',
]);

export function isUsedReason(reason: SelectionReason): reason is UsedReason {
  return used.has(reason);
}

/** Decides as kube-proxy's `CategorizeEndpoints`: ready ones, else those that still serve while they terminate. */
export function decideSelection(
  servicePort: ServicePort,
  endpoints: readonly Endpoint[],
  context: SelectionContext,
): Selection {
  const usesCluster = usesClusterEndpoints(servicePort);
  const usesLocal = usesLocalEndpoints(servicePort);
  const topology = usesCluster ? chooseTopology(endpoints, servicePort, context) : noTopology;
  const node = context.topology;
  const isNear = (one: Endpoint): boolean =>
    one.ready && isWithinTopology(one, topology.mode, node);
  return {
    usesCluster,
    usesLocal,
    topology,
    node,
    clusterFallsBack: usesCluster && !endpoints.some(isNear),
    localFallsBack: usesLocal && !endpoints.some(({ isLocal, ready }) => isLocal && ready),
  };
}

const noTopology: TopologyChoice = { mode: 'none', reason: 'no hints' };

/** Why an endpoint serves traffic under policy Cluster, or does not. */
export function clusterReason(
  endpoint: Endpoint,
  { topology: { mode }, node, clusterFallsBack }: Selection,
): SelectionReason {
  if (clusterFallsBack || !endpoint.ready) return fallbackReason(endpoint, clusterFallsBack);
  const isNear = isWithinTopology(endpoint, mode, node);
  switch (mode) {
    case 'PreferSameNode':
      return isNear ? 'hinted for this node' : 'hinted for another node';
    case 'PreferSameZone':
      return isNear ? 'hinted for this zone' : 'hinted for another zone';
    case 'none':
      return 'ready';
  }
}

/** The same under policy Local. */
export function localReason(endpoint: Endpoint, { localFallsBack }: Selection): SelectionReason {
  if (!endpoint.isLocal)
    return endpoint.nodeName === undefined ? 'on no node that is named' : 'on another node';
  if (localFallsBack || !endpoint.ready) return fallbackReason(endpoint, localFallsBack);
  return 'ready';
}

function fallbackReason(endpoint: Endpoint, fallsBack: boolean): SelectionReason {
  if (!isServingTerminating(endpoint)) return 'not ready';
  return fallsBack ? 'terminating, and used because none is ready' : 'terminating';
}

/** Selects the endpoints of a service port for each kind of traffic. */
export function selectEndpoints(
  servicePort: ServicePort,
  endpoints: readonly Endpoint[],
  context: SelectionContext,
): SelectedEndpoints {
  const selection = decideSelection(servicePort, endpoints, context);
  const { usesCluster, usesLocal, topology } = selection;
  const cluster = usesCluster
    ? endpoints.filter((one) => isUsedReason(clusterReason(one, selection)))
    : [];
  if (!usesLocal) return { cluster, local: [], reachable: cluster, hasAny: cluster.length > 0 };

  const hasAny = cluster.length > 0 || endpoints.some(isUsable);
  const local = endpoints.filter((one) => isUsedReason(localReason(one, selection)));
  if (!usesCluster) return { cluster, local, reachable: local, hasAny };
  const fellBack = selection.localFallsBack && local.length > 0;
  const clusterHoldsLocal = topology.mode === 'none' && !fellBack;
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
