import type { Family } from '../netaddr/family.ts';
import { addressToward, interfaceToward, isOwnAddress, type Network } from './walk/environment.ts';
import {
  endpointOf,
  familyOf,
  type Endpoint,
  type Packet,
  type PacketState,
} from './walk/packet.ts';

/**
 * A packet as it enters the rules, with what the environment tells of it. `undefined` for the node's own where
 * no address of the node's in this family is known.
 *
 * @throws {TypeError} for addresses that are none, or of two families.
 */
export function startPacket(packet: Packet, network: Network): PacketState | undefined {
  const destination = endpointOf(packet.destination, packet.destinationPort);
  if (!destination) throw new TypeError(`destination ${quote(packet.destination)} is no address`);
  const source = sourceOf(packet, destination, network);
  if (!source) return undefined;
  const isFromNode = packet.source === 'node' || isOwnAddress(network, source);
  const family = familyOf(destination);
  const inInterface = isFromNode ? '' : (packet.inInterface ?? interfaceToward(network, source));
  return {
    family,
    protocol: protocolOf(packet.protocol, family),
    source,
    destination,
    original: { source, destination },
    hook: isFromNode ? 'output' : 'prerouting',
    inInterface,
    outInterface: '',
    ...bridgeOf(packet, inInterface, network),
    mark: packet.mark ?? 0,
    connectionMark: 0,
    isTracked: true,
    isFromNode,
    uid: packet.uid,
    gid: packet.gid,
    isTranslated: false,
    isMasqueraded: false,
    isSourceKnown: true,
    hasDestinationBinding: false,
    hasSourceBinding: false,
    virtualServer: undefined,
  };
}

/** The kernel's choice for a process that leaves it to the kernel: a local address calls itself. */
function sourceOf(
  { source: text, sourcePort }: Packet,
  destination: Endpoint,
  network: Network,
): Endpoint | undefined {
  if (text === 'node') {
    const isOwn = isOwnAddress(network, destination);
    const own = isOwn ? destination : addressToward(network, destination);
    return own && { ...own, port: sourcePort };
  }
  const source = endpointOf(text, sourcePort);
  if (!source) throw new TypeError(`source ${quote(text)} is no address; use "node" for the node`);
  if (familyOf(source) !== familyOf(destination))
    throw new TypeError(`${quote(text)} is of another family than the destination`);
  return source;
}

/** The port of a bridge where a packet came in; of several it is not known which. */
function bridgeOf(
  packet: Packet,
  inInterface: string | undefined,
  network: Network,
): Pick<PacketState, 'isFromBridge' | 'bridgePort'> {
  if (packet.bridgePort !== undefined) return { isFromBridge: true, bridgePort: packet.bridgePort };
  if (inInterface === '') return { isFromBridge: false, bridgePort: undefined };
  const ports = [...network.bridgeOf].filter(([, bridge]) => bridge === inInterface);
  const [first, second] = ports.map(([port]) => port);
  if (first === undefined && network.bridgeOf.size === 0)
    return { isFromBridge: undefined, bridgePort: undefined };
  return {
    isFromBridge: first !== undefined,
    bridgePort: second === undefined ? first : undefined,
  };
}

function protocolOf(text: string, family: Family): string {
  const name = text.toLowerCase();
  if (family === 'IPv6' && (name === 'icmp' || name === 'icmpv6')) return 'ipv6-icmp';
  return name;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
