import type { Family } from '../netaddr/family.ts';
import type { IPBytes } from '../netaddr/ip.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { compareText } from '../util/compare-text.ts';
import type { Behaviour } from './behaviour.ts';
import type { Endpoint } from './endpoint.ts';
import { indexEndpoints } from './endpoint-index.ts';
import { localTrafficDetectorOf, type LocalTrafficDetector } from './local-traffic-detector.ts';
import { nodeIPsOf } from './node-ip.ts';
import { nodeOf } from './node-of.ts';
import { resolveNodePortAddresses, type NodePortAddresses } from './node-port-addresses.ts';
import { resolveServicePorts } from './resolve-service-ports.ts';
import { selectEndpoints, type SelectedEndpoints } from './select-endpoints.ts';
import type { ServicePort } from './service-port.ts';
import type { NodeTopology } from './topology.ts';
import { zoneOf } from './zone-of.ts';

/** Above this many endpoints, counted for each service port anew, kube-proxy leaves most comments out. */
export const largeClusterEndpoints = 1000;

export interface ResolvedServicePort {
  readonly servicePort: ServicePort;
  readonly endpoints: SelectedEndpoints;
  /** Whatever their conditions, sorted by address. */
  readonly allEndpoints: readonly Endpoint[];
}

/** What kube-proxy knows in one address family before it writes any rule; free of any mode. */
export interface ResolvedFamily {
  readonly family: Family;
  /** By name, then by protocol. */
  readonly servicePorts: readonly ResolvedServicePort[];
  /** Endpoints of all service ports, whatever their conditions. */
  readonly endpointCount: number;
  readonly isLargeCluster: boolean;
  readonly detector: LocalTrafficDetector | undefined;
  readonly nodePortAddresses: NodePortAddresses;
  readonly nodeIP: IPBytes;
}

/** Gives the snapshot its Kubernetes meaning for its node, in one family. */
export function resolveFamily(
  snapshot: Snapshot,
  family: Family,
  behaviour: Behaviour,
): ResolvedFamily {
  const topology = topologyOf(snapshot);
  const endpointsOf = indexEndpoints(snapshot.endpointSlices, {
    family,
    behaviour,
    nodeName: snapshot.nodeName,
  });
  let endpointCount = 0;
  const servicePorts = snapshot.services
    .flatMap((service) => resolveServicePorts(service, family, behaviour))
    .sort(compareServicePorts)
    .map((servicePort) => {
      const allEndpoints = endpointsOf(servicePort);
      endpointCount += allEndpoints.length;
      const endpoints = selectEndpoints(servicePort, allEndpoints, { topology, behaviour });
      return { servicePort, endpoints, allEndpoints };
    });
  return {
    family,
    servicePorts,
    endpointCount,
    isLargeCluster: endpointCount > largeClusterEndpoints,
    detector: localTrafficDetectorOf(snapshot, family),
    nodePortAddresses: resolveNodePortAddresses(snapshot, family),
    nodeIP: nodeIPsOf(snapshot)[family],
  };
}

function compareServicePorts(a: ServicePort, b: ServicePort): number {
  return compareText(a.name, b.name) || compareText(a.protocol, b.protocol);
}

/** Where the snapshot's node stands. */
export function topologyOf(snapshot: Snapshot): NodeTopology {
  return { nodeName: snapshot.nodeName, zone: zoneOf(nodeOf(snapshot)) };
}
