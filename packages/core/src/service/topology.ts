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

/** Why traffic is kept near, or is not. */
export type TopologyReason =
  | 'hints for this node'
  | 'hints for this zone'
  | 'no endpoint is ready'
  | 'no hints'
  | 'hints are ignored: the Service has no annotation for them'
  | 'hints are ignored: the Node has no zone'
  | 'hints are ignored: some endpoints have none'
  | 'hints are ignored: none is for this zone';

export interface TopologyChoice {
  readonly mode: TopologyMode;
  readonly reason: TopologyReason;
}

export interface TopologyContext {
  readonly topology: NodeTopology;
  readonly behaviour: Behaviour;
}

/** Hints count only if every ready endpoint has some and at least one names the place. */
export function chooseTopology(
  endpoints: readonly Endpoint[],
  servicePort: ServicePort,
  { topology, behaviour }: TopologyContext,
): TopologyChoice {
  if (!endpoints.some(({ ready }) => ready)) return noneReady;
  const ofNodes = judgeHints(endpoints, 'nodeHints', topology.nodeName);
  const ofZones = judgeHints(endpoints, 'zoneHints', topology.zone);
  if (ofNodes === 'absent' && ofZones === 'absent') return noHints;
  if (behaviour.hintsNeedAnnotation && !servicePort.hintsAnnotated)
    return { mode: 'none', reason: 'hints are ignored: the Service has no annotation for them' };
  if (behaviour.hintsNeedAnnotation && topology.zone === '')
    return { mode: 'none', reason: 'hints are ignored: the Node has no zone' };
  if (ofNodes === 'here') return { mode: 'PreferSameNode', reason: 'hints for this node' };
  if (ofZones === 'here') return { mode: 'PreferSameZone', reason: 'hints for this zone' };
  const isIncomplete = ofZones === 'incomplete' || ofNodes === 'incomplete';
  return {
    mode: 'none',
    reason: isIncomplete
      ? 'hints are ignored: some endpoints have none'
      : 'hints are ignored: none is for this zone',
  };
}

const noneReady: TopologyChoice = { mode: 'none', reason: 'no endpoint is ready' };
const noHints: TopologyChoice = { mode: 'none', reason: 'no hints' };

function judgeHints(
  endpoints: readonly Endpoint[],
  kind: 'nodeHints' | 'zoneHints',
  place: string,
): 'absent' | 'incomplete' | 'elsewhere' | 'here' {
  let hinted = 0;
  let bare = 0;
  let here = 0;
  for (const { ready, [kind]: names } of endpoints) {
    if (!ready) continue;
    if (names.length === 0) bare++;
    else hinted++;
    if (names.length > 0 && names.includes(place)) here++;
  }
  if (hinted === 0) return 'absent';
  if (bare > 0) return 'incomplete';
  return here > 0 ? 'here' : 'elsewhere';
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
