import type { Verdict } from '../../../ruleset/nftables/index.ts';
import type { Endpoint } from '../../../service/endpoint.ts';
import type { ResolvedServicePort } from '../../../service/resolve-family.ts';
import type { ServicePort } from '../../../service/service-port.ts';
import { trafficOf, type Traffic } from '../../../service/traffic.ts';
import { originOf } from '../../shared/origin-of.ts';
import { hairpinElements } from '../shared/hairpin-elements.ts';
import { containers } from '../shared/objects.ts';
import type { PlacedElement } from '../shared/placed-element.ts';
import { refusalVerdict } from '../shared/refusal-verdict.ts';
import type { Entrance } from './objects.ts';

/** What a service port wants at one of its addresses, or at its node port, once traffic may reach endpoints. */
export interface Claim {
  readonly servicePort: ServicePort;
  readonly reason: string;
  readonly entrance: Entrance;
  /** The key in the verdict maps. */
  readonly key: readonly string[];
  /** The key in the maps of endpoints, without the slot. */
  readonly place: readonly string[];
  /** How traffic is treated before it is spread. */
  readonly policy: 'internal' | 'external' | 'externalLocal';
  /** Where it goes; for policy Local, that of the node and its pods. */
  readonly endpoints: readonly Endpoint[];
  /** Where traffic from outside goes under policy Local. */
  readonly localEndpoints: readonly Endpoint[];
}

/** What one service port puts into the table. */
export interface FastFragment {
  readonly claims: readonly Claim[];
  readonly elements: readonly PlacedElement[];
}

export function compileServicePort(resolved: ResolvedServicePort): FastFragment {
  const { servicePort, endpoints } = resolved;
  const { clusterIP, externalIPs, loadBalancerVIPs, nodePort } = servicePort;
  const traffic = trafficOf(resolved);
  const origin = originOf(servicePort, 'cluster IP');
  const external = [
    ...externalIPs.map((ip) => addressDoor(servicePort, ip, 'external IP')),
    ...loadBalancerVIPs.map((ip) => addressDoor(servicePort, ip, 'load balancer IP')),
    ...(nodePort === 0 ? [] : [nodePortDoor(servicePort)]),
  ];
  const internal = addressDoor(servicePort, clusterIP, 'cluster IP');
  return {
    claims: [
      ...internalClaims(internal, resolved, traffic),
      ...external.flatMap((door) => externalClaims(door, resolved)),
    ],
    elements: [
      { container: containers.clusterIPs, element: { key: [clusterIP], origin } },
      ...refused(internal, servicePort, refusalVerdict(traffic.internalRefusal)),
      ...external.flatMap((door) =>
        refused(door, servicePort, refusalVerdict(traffic.externalRefusal)),
      ),
      ...hairpinElements(servicePort, endpoints),
    ],
  };
}

type Door = Pick<Claim, 'reason' | 'entrance' | 'key' | 'place'>;

function addressDoor({ protocol, port }: ServicePort, ip: string, reason: string): Door {
  return {
    reason,
    entrance: 'address',
    key: [ip, protocol, String(port)],
    place: [ip, String(port)],
  };
}

function nodePortDoor({ protocol, nodePort }: ServicePort): Door {
  const port = String(nodePort);
  return { reason: 'node port', entrance: 'nodePort', key: [protocol, port], place: [port] };
}

function internalClaims(
  door: Door,
  { servicePort, endpoints: { cluster, local } }: ResolvedServicePort,
  { internalRefusal }: Traffic,
): Claim[] {
  if (internalRefusal) return [];
  const endpoints = servicePort.internalPolicyLocal ? local : cluster;
  return [{ ...door, servicePort, policy: 'internal', endpoints, localEndpoints: [] }];
}

function externalClaims(
  door: Door,
  { servicePort, endpoints: { cluster, local, hasAny } }: ResolvedServicePort,
): Claim[] {
  if (!hasAny) return [];
  const claim = { ...door, servicePort, endpoints: cluster };
  return servicePort.externalPolicyLocal
    ? [{ ...claim, policy: 'externalLocal', localEndpoints: local }]
    : [{ ...claim, policy: 'external', localEndpoints: [] }];
}

/** The maps that turn traffic away say for whom. */
function refused(
  { entrance, key, reason }: Door,
  servicePort: ServicePort,
  verdict: Verdict | undefined,
): PlacedElement[] {
  if (!verdict) return [];
  const container =
    entrance === 'address' ? containers.noEndpointServices : containers.noEndpointNodePorts;
  const origin = originOf(servicePort, reason);
  return [{ container, element: { key, comment: servicePort.name, verdict, origin } }];
}
