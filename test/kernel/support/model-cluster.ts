import { createSnapshot } from '@kube-rules/core';
import type { EndpointSliceInput, NodeInput, ServiceInput, Snapshot } from '@kube-rules/core';
import { BRIDGES, LAN, NODES, POD_INTERFACES, POD_NETWORKS, bareAddresses } from './topology.ts';
import type { NodeName, PodName } from './topology.ts';

/** What a Service of a model cluster is; both families, one port for each of its protocols. */
export interface ModelService {
  /** The last part of its cluster IPs, too. */
  readonly id: number;
  readonly protocols: readonly ('TCP' | 'UDP')[];
  readonly endpoints: readonly ModelEndpoint[];
  /** Seconds. */
  readonly affinity?: number;
  readonly internalPolicy?: 'Cluster' | 'Local';
  readonly externalPolicy?: 'Cluster' | 'Local';
  readonly hasNodePorts?: boolean;
  /** Numbers of load balancer IPs and external IPs; two Services may have the same. */
  readonly loadBalancer?: number;
  readonly externalIP?: number;
  readonly sourceRanges?: readonly string[];
}

/** A pod of the lab, or one that is not there, by its number. */
export type ModelEndpoint = PodName | number;

export type ModelDetector = 'ClusterCIDR' | 'NodeCIDR' | 'BridgeInterface' | 'InterfaceNamePrefix';

/** A cluster of the lab's nodes. */
export interface ModelCluster {
  readonly services: readonly ModelService[];
  readonly detector: ModelDetector;
  readonly masqueradeAll: boolean;
}

export const PORTS = { TCP: 80, UDP: 53 } as const;

const TARGET_PORTS = { TCP: 8080, UDP: 53 } as const;

const FAMILIES = ['IPv4', 'IPv6'] as const;

type Family = (typeof FAMILIES)[number];

export function clusterIPs(id: number): Readonly<Record<Family, string>> {
  return { IPv4: `10.96.1.${id}`, IPv6: `fd00:10:96::1${hex(id)}` };
}

export function nodePort(id: number, protocol: 'TCP' | 'UDP'): number {
  return (protocol === 'TCP' ? 30_000 : 30_500) + id;
}

/** The snapshot of node1. */
export function modelSnapshot({ services, detector, masqueradeAll }: ModelCluster): Snapshot {
  const { snapshot, diagnostics } = createSnapshot(
    {
      services: services.map(serviceObject),
      endpointSlices: services.flatMap((service) =>
        FAMILIES.map((family) => sliceObject(service, family)),
      ),
      nodes: NODES.map(nodeObject),
      config: {
        mode: 'nftables',
        clusterCIDR: '10.244.0.0/16,fd00:10:244::/48',
        nftables: { masqueradeAll },
        detectLocalMode: detector,
        detectLocal: { bridgeInterface: 'cni0', interfaceNamePrefix: 'cni' },
      },
      nodeState: {
        nodeName: 'node1',
        interfaces: [
          { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
          { name: 'eth0', addresses: [...LAN.node1.addresses] },
          { name: 'cni0', addresses: [...BRIDGES.node1.addresses] },
        ],
      },
    },
    { nodeName: 'node1' },
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Error(`The model is no cluster: ${errors.map(({ message }) => message).join('; ')}`);
  }
  return snapshot;
}

function serviceObject(service: ModelService): ServiceInput {
  const { id, hasNodePorts, loadBalancer, externalIP } = service;
  const { IPv4, IPv6 } = clusterIPs(id);
  const isOpen = hasNodePorts === true || loadBalancer !== undefined;
  const ingress = eachIP('203.0.113.', '2001:db8:5::', loadBalancer).map((ip) => ({ ip }));
  return {
    metadata: { name: nameOf(service), namespace: 'model' },
    spec: {
      type: isOpen ? 'LoadBalancer' : 'ClusterIP',
      clusterIP: IPv4,
      clusterIPs: [IPv4, IPv6],
      ipFamilies: [...FAMILIES],
      ports: service.protocols.map((protocol) => ({
        name: protocol.toLowerCase(),
        protocol,
        port: PORTS[protocol],
        nodePort: isOpen ? nodePort(id, protocol) : 0,
      })),
      ...affinitySpec(service),
      internalTrafficPolicy: service.internalPolicy ?? 'Cluster',
      externalTrafficPolicy: service.externalPolicy ?? 'Cluster',
      externalIPs: eachIP('198.51.100.', '2001:db8:7::', externalIP),
      loadBalancerSourceRanges: [...(service.sourceRanges ?? [])],
    },
    status: { loadBalancer: { ingress } },
  };
}

function affinitySpec({ affinity }: ModelService): Partial<ServiceInput['spec']> {
  if (affinity === undefined) return { sessionAffinity: 'None' };
  return {
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeoutSeconds: affinity } },
  };
}

function eachIP(ipv4: string, ipv6: string, host: number | undefined): string[] {
  return host === undefined ? [] : [`${ipv4}${host}`, `${ipv6}${host}`];
}

function sliceObject(service: ModelService, family: Family): EndpointSliceInput {
  return {
    metadata: {
      name: `${nameOf(service)}-${family.toLowerCase()}`,
      namespace: 'model',
      labels: { 'kubernetes.io/service-name': nameOf(service) },
    },
    addressType: family,
    ports: service.protocols.map((protocol) => ({
      name: protocol.toLowerCase(),
      protocol,
      port: TARGET_PORTS[protocol],
    })),
    endpoints: service.endpoints.map((endpoint) => ({
      addresses: [endpointAddresses(endpoint)[family]],
      conditions: { ready: true },
      nodeName: nodeOf(endpoint),
    })),
  };
}

function nodeObject(name: NodeName): NodeInput {
  const podCIDRs = [...POD_NETWORKS[name]];
  return {
    metadata: { name },
    spec: { podCIDR: podCIDRs[0], podCIDRs },
    status: {
      addresses: bareAddresses(LAN[name])
        .slice(0, 2)
        .map((address) => ({ type: 'InternalIP', address })),
    },
  };
}

function endpointAddresses(endpoint: ModelEndpoint): Readonly<Record<Family, string>> {
  if (typeof endpoint === 'string') {
    const [IPv4 = '', IPv6 = ''] = bareAddresses(POD_INTERFACES[endpoint]);
    return { IPv4, IPv6 };
  }
  const network = nodeOf(endpoint) === 'node1' ? 1 : 2;
  return {
    IPv4: `10.244.${network}.${100 + endpoint}`,
    IPv6: `fd00:10:244:${network}::1${hex(endpoint)}`,
  };
}

function nodeOf(endpoint: ModelEndpoint): NodeName {
  if (typeof endpoint === 'string') return endpoint.startsWith('p') ? 'node1' : 'node2';
  return endpoint % 2 === 0 ? 'node1' : 'node2';
}

function nameOf({ id }: ModelService): string {
  return `service-${id}`;
}

function hex(number: number): string {
  return number.toString(16).padStart(2, '0');
}
