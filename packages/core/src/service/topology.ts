import type { Behaviour } from './behaviour.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServicePort } from './service-port.ts';

/** Where a node stands, for topology hints. */
export interface NodeTopology {
  readonly nodeName: string;
  /** The label `topology.kubernetes.io/zone`; empty if the Node has none. */
  readonly zone: string;
}

/** How traffic is kept near: to endpoints hinted for this node, for this zone, or not at all. */
export type TopologyMode = 'PreferSameNode' | 'PreferSameZone' | 'none';

export function topologyModeOf(
  endpoints: readonly Endpoint[],
  servicePort: ServicePort,
  { topology, behaviour }: { topology: NodeTopology; behaviour: Behaviour },
): TopologyMode {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (ready.length === 0) return 'none';
  if (behaviour.hintsNeedAnnotation && (!servicePort.hintsAnnotated || topology.zone === ''))
    return 'none';
  if (
    areHintedFor(
      ready.map(({ nodeHints }) => nodeHints),
      topology.nodeName,
    )
  )
    return 'PreferSameNode';
  return areHintedFor(
    ready.map(({ zoneHints }) => zoneHints),
    topology.zone,
  )
    ? 'PreferSameZone'
    : 'none';
}

/** Hints count only if every endpoint has some and at least one names the place. */
function areHintedFor(hints: readonly (readonly string[])[], place: string): boolean {
  return hints.every((names) => names.length > 0) && hints.some((names) => names.includes(place));
}

export function isWithinTopology(
  endpoint: Endpoint,
  mode: TopologyMode,
  topology: NodeTopology,
): boolean {
  switch (mode) {
    case 'PreferSameNode':
      return endpoint.nodeHints.includes(topology.nodeName);
    case 'PreferSameZone':
      return endpoint.zoneHints.includes(topology.zone);
    case 'none':
      return true;
  }
}
