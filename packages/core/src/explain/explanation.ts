import type { Family } from '../netaddr/family.ts';
import type { ProtocolName } from '../netaddr/protocol.ts';
import type { Release } from '../service/release.ts';
import type { NotServedReason } from '../service/resolve-service-ports.ts';
import type { SelectionReason } from '../service/select-endpoints.ts';
import type { TopologyReason } from '../service/topology.ts';

export type ExplainedMode = (typeof explainedModes)[number];

/** Userspace mode sends everybody to every ready endpoint in turn: it has nothing to explain. */
export const explainedModes = ['iptables', 'ipvs', 'nftables'] as const;

/** What becomes of a Service's traffic on one node, and why. */
export interface ServiceExplanation {
  /** `namespace/name`. */
  readonly name: string;
  readonly nodeName: string;
  readonly mode: ExplainedMode;
  readonly release: Release;
  /** Why kube-proxy does nothing for it; there are no ports then. */
  readonly notServed?: NotServedReason | 'it has no ports';
  /** By name, then protocol, then family. */
  readonly ports: readonly PortExplanation[];
  /** What the node answers to the load balancer that asks for it; empty without `healthCheckNodePort`. */
  readonly healthChecks: readonly HealthCheckExplanation[];
}

export interface PortExplanation {
  /** `namespace/name:port`. */
  readonly name: string;
  readonly family: Family;
  readonly protocol: ProtocolName;
  /** How long a client stays with its endpoint. */
  readonly affinitySeconds?: number;
  /** Whether traffic under policy Cluster is kept near; none if no traffic is under that policy. */
  readonly topology?: TopologyReason;
  /** All that the slices list, by address; one that is listed twice is there twice. */
  readonly endpoints: readonly EndpointExplanation[];
  readonly addresses: readonly AddressExplanation[];
}

export interface EndpointExplanation {
  /** `ip:port`. */
  readonly address: string;
  readonly nodeName?: string;
  readonly isLocal: boolean;
  /** The EndpointSlice that lists it. */
  readonly slice: string;
  /** The EndpointSlice that lists it as well, and is believed instead. */
  readonly replacedBy?: string;
  /** For traffic under policy Cluster, if there is any. */
  readonly cluster?: EndpointUse;
  /** For traffic under policy Local, if there is any. */
  readonly local?: EndpointUse;
}

export interface EndpointUse {
  /** The part of new connections that it gets; 0 if it is left out. */
  readonly share: number;
  readonly reason: SelectionReason;
}

export type AddressKind = 'cluster IP' | 'external IP' | 'load balancer IP' | 'node port';

/** An address and port that lead to a service port. */
export interface AddressExplanation {
  readonly kind: AddressKind;
  /** Absent for a node port. */
  readonly ip?: string;
  readonly port: number;
  /** Of a node port: the node's addresses that take it; absent if every one does. */
  readonly nodeAddresses?: readonly string[];
  /** Of a node port: whether 127.0.0.1 takes it as well. */
  readonly takesLocalhost?: boolean;
  /** Clients outside of these ranges are dropped; but in ipvs mode the node itself is refused where there is no endpoint. */
  readonly sourceRanges?: readonly string[];
  readonly clients: readonly ClientExplanation[];
}

/** A pod of the node, the node itself, or somebody outside of the cluster whose packets come in at the node. */
export type Client = 'pod' | 'node' | 'outside';

/** `lost`: packets or their answers go another way, and the client waits. */
export type Outcome = 'delivered' | 'refused' | 'dropped' | 'lost';

export interface ClientExplanation {
  readonly client: Client;
  readonly outcome: Outcome;
  /** Which of the endpoints take it; absent if none does. */
  readonly endpoints?: 'cluster' | 'local';
  /** Whether the endpoint sees the address that the client sends from; absent if none is reached. */
  readonly keepsSource?: boolean;
  /** Why it is so: a sentence without its full stop. */
  readonly why: string;
}

export interface HealthCheckExplanation {
  readonly family: Family;
  readonly port: number;
  readonly status: 200 | 503;
  /** Ready endpoints of the node, by distinct addresses over all ports. */
  readonly localEndpoints: number;
  /** The node's addresses on which kube-proxy answers; absent if every one does. */
  readonly nodeAddresses?: readonly string[];
}
