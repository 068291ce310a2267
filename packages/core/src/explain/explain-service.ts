import { families, type Family } from '../netaddr/family.ts';
import { behaviourOf, type Behaviour } from '../service/behaviour.ts';
import { indexEndpoints, listEndpoints } from '../service/endpoint-index.ts';
import { localTrafficDetectorOf } from '../service/local-traffic-detector.ts';
import { podBridgeOf } from '../service/pod-bridge-of.ts';
import { defaultRelease, type Release } from '../service/release.ts';
import { topologyOf } from '../service/resolve-family.ts';
import { resolveServicePorts, whyNotServed } from '../service/resolve-service-ports.ts';
import { decideSelection, selectEndpoints } from '../service/select-endpoints.ts';
import type { ServicePort } from '../service/service-port.ts';
import type { Service } from '../snapshot/service.ts';
import { snapshotForNode } from '../snapshot/snapshot-for-node.ts';
import { serviceNameLabel } from '../snapshot/endpoint-slice.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { compareText } from '../util/compare-text.ts';
import { explainAddresses } from './explain-addresses.ts';
import { explainEndpoints } from './explain-endpoints.ts';
import { explainHealthChecks } from './explain-health-check.ts';
import type { ExplainedMode, PortExplanation, ServiceExplanation } from './explanation.ts';
import { findService, type UnknownService } from './find-service.ts';
import type { Situation } from './situation.ts';

export interface ExplainOptions {
  readonly mode: ExplainedMode;
  readonly release?: Release;
}

/**
 * Why traffic of a Service goes where it goes on the snapshot's node: each endpoint kept or left out
 * and why, the addresses that lead to it, what becomes of a client in a pod, on the node and
 * outside, and the answer to health checks.
 *
 * @param name `namespace/name`, or `name` alone where no other Service has it; with `:port` behind it for one port.
 */
export function explainService(
  snapshot: Snapshot,
  name: string,
  { mode, release = defaultRelease }: ExplainOptions,
): ServiceExplanation | UnknownService {
  const found = findService(snapshot, name);
  if (!('service' in found)) return found;
  const { service, portName } = found;
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  const { namespace, name: serviceName } = service.metadata;
  const situations = families
    .flatMap((family) => situationsOf(snapshot, service, { family, behaviour, mode }))
    .sort((a, b) => compareText(a.servicePort.name, b.servicePort.name))
    .filter(({ servicePort }) => portName === undefined || servicePort.portName === portName);
  const notServed =
    whyNotServed(service, behaviour) ?? (situations.length === 0 ? 'it has no ports' : undefined);
  return {
    name: `${namespace}/${serviceName}`,
    nodeName: snapshot.nodeName,
    mode,
    release,
    ...(notServed !== undefined && { notServed }),
    ports: situations.map((situation) => explainPort(snapshot, situation, behaviour)),
    healthChecks: explainHealthChecks(snapshot, situations, mode),
  };
}

/** The same on every Node of the snapshot, in their order. */
export function explainServiceOnNodes(
  snapshot: Snapshot,
  name: string,
  options: ExplainOptions,
): readonly ServiceExplanation[] | UnknownService {
  const found = findService(snapshot, name);
  if (!('service' in found)) return found;
  const { service } = found;
  const { namespace } = service.metadata;
  const endpointSlices = snapshot.endpointSlices.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.labels?.[serviceNameLabel] === service.metadata.name,
  );
  const relevant = { ...snapshot, services: [service], endpointSlices };
  return snapshot.nodes.flatMap(({ metadata }) => {
    const explained = explainService(snapshotForNode(relevant, metadata.name), name, options);
    return 'name' in explained ? [explained] : [];
  });
}

interface Wanted {
  readonly family: Family;
  readonly behaviour: Behaviour;
  readonly mode: ExplainedMode;
}

function situationsOf(
  snapshot: Snapshot,
  service: Service,
  { family, behaviour, mode }: Wanted,
): Situation[] {
  const { nodeName, config } = snapshot;
  const endpointsOf = indexEndpoints(snapshot.endpointSlices, { family, behaviour, nodeName });
  return resolveServicePorts(service, family, behaviour).map((servicePort) => {
    const allEndpoints = endpointsOf(servicePort);
    const context = { topology: topologyOf(snapshot), behaviour };
    return {
      mode,
      servicePort,
      allEndpoints,
      endpoints: selectEndpoints(servicePort, allEndpoints, context),
      detector: localTrafficDetectorOf(snapshot, family),
      undetectedBridge: undetectedBridgeOf(snapshot),
      masqueradeAll: config[mode === 'nftables' ? 'nftables' : 'iptables'].masqueradeAll,
    };
  });
}

/** Packets of pods behind a bridge come in by the bridge, whatever its ports are called. */
function undetectedBridgeOf(snapshot: Snapshot): string | undefined {
  const { detectLocalMode, detectLocal } = snapshot.config;
  const bridge = podBridgeOf(snapshot);
  if (bridge === undefined) return undefined;
  const isDetected =
    detectLocalMode === 'InterfaceNamePrefix'
      ? bridge.startsWith(detectLocal.interfaceNamePrefix)
      : detectLocalMode !== 'BridgeInterface' || bridge === detectLocal.bridgeInterface;
  return isDetected ? undefined : bridge;
}

function explainPort(
  snapshot: Snapshot,
  situation: Situation,
  behaviour: Behaviour,
): PortExplanation {
  const { servicePort, allEndpoints, endpoints } = situation;
  const { name, family, protocol, affinitySeconds } = servicePort;
  const context = { topology: topologyOf(snapshot), behaviour };
  const selection = decideSelection(servicePort, allEndpoints, context);
  return {
    name,
    family,
    protocol,
    ...(affinitySeconds !== undefined && { affinitySeconds }),
    ...(selection.usesCluster && { topology: selection.topology.reason }),
    endpoints: explainEndpoints(listed(snapshot, servicePort, behaviour), selection, endpoints),
    addresses: explainAddresses(snapshot, situation),
  };
}

function listed(
  { endpointSlices, nodeName }: Snapshot,
  servicePort: ServicePort,
  behaviour: Behaviour,
): ReturnType<typeof listEndpoints> {
  const { family } = servicePort;
  return listEndpoints(endpointSlices, servicePort, { family, behaviour, nodeName });
}
