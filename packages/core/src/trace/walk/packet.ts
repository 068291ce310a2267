import type { Family } from '../../netaddr/family.ts';
import { familyOfBytes, parseIP, type IPBytes } from '../../netaddr/ip.ts';
import { joinHostPort } from '../../netaddr/host-port.ts';
import { printIP } from '../../netaddr/print-ip.ts';

/** The first packet of a connection. */
export interface Packet {
  /** An address, or `node` for a process of the node whose kernel chooses one. An address of the node's is such a process's too. */
  readonly source: string;
  readonly destination: string;
  /** By name, such as `tcp`, `udp`, `sctp` or `icmp`. */
  readonly protocol: string;
  /** Of protocols with ports. */
  readonly destinationPort?: number;
  /** Where it is not told, rules that ask for it are unknown. */
  readonly sourcePort?: number;
  /** Where it comes in; by default the way to its source, as far as the environment tells. */
  readonly inInterface?: string;
  /** The port of the bridge `inInterface` where it comes in. */
  readonly bridgePort?: string;
  readonly mark?: number;
  /** Who the process is that sends it, if one of the node's does. */
  readonly uid?: number;
  readonly gid?: number;
}

/** An address with its text in canonical spelling, and the port where there is one. */
export interface Endpoint {
  readonly ip: IPBytes;
  readonly text: string;
  readonly port: number | undefined;
}

/** The places of netfilter where rules are asked. */
export type HookName = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** A packet on its way, as rules see it. */
export interface PacketState {
  readonly family: Family;
  readonly protocol: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** What connection tracking keeps of it: both sides before any translation. */
  readonly original: { readonly source: Endpoint; readonly destination: Endpoint };
  readonly hook: HookName;
  /** Empty where the packet came in by none; undefined where it is not known. */
  readonly inInterface: string | undefined;
  /** Empty before routing; undefined where it is not known. */
  readonly outInterface: string | undefined;
  /** Whether it came in by a port of a bridge; undefined where that is not known. */
  readonly isFromBridge: boolean | undefined;
  /** That port, where it is known. */
  readonly bridgePort: string | undefined;
  readonly mark: number;
  readonly connectionMark: number;
  readonly isTracked: boolean;
  /** Whether a process of the node itself sent it. */
  readonly isFromNode: boolean;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Whether rules have changed its destination, its source. */
  readonly isTranslated: boolean;
  readonly isMasqueraded: boolean;
  /** False where no address of the node's is known by which the source was replaced. */
  readonly isSourceKnown: boolean;
  /** Rules of NAT are asked once for each side of a connection. */
  readonly hasDestinationBinding: boolean;
  readonly hasSourceBinding: boolean;
  /** The virtual server of IPVS that took it. */
  readonly virtualServer: Endpoint | undefined;
}

/** `undefined` if the text is no address. */
export function endpointOf(address: string, port?: number): Endpoint | undefined {
  const ip = parseIP(address);
  return ip && { ip, text: printIP(ip), port };
}

/** `ip:port`, `[ip]:port`, or the address alone. */
export function printEndpoint({ text, port }: Endpoint): string {
  return port === undefined ? text : joinHostPort(text, port);
}

export function familyOf({ ip }: Endpoint): Family {
  return familyOfBytes(ip);
}

/** A packet with another destination, for the rest of its connection. */
export function translateDestination(packet: PacketState, destination: Endpoint): PacketState {
  return { ...packet, destination, isTranslated: true, hasDestinationBinding: true };
}

/** A packet with another source; none where it is one of the node's that is not known. */
export function translateSource(packet: PacketState, source: Endpoint | undefined): PacketState {
  return {
    ...packet,
    source: source ? { ...source, port: undefined } : packet.source,
    isMasqueraded: true,
    isSourceKnown: source !== undefined,
    hasSourceBinding: true,
  };
}
