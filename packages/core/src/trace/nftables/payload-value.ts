import type { PacketState } from '../walk/packet.ts';
import { certain, type Value } from './value.ts';

type Field = (packet: PacketState) => Value;

const addresses: Readonly<Record<string, Field>> = {
  saddr: ({ source }) => certain(source.text),
  daddr: ({ destination }) => certain(destination.text),
};

const ports: Readonly<Record<string, Field>> = {
  sport: ({ source }) => certain(source.port),
  dport: ({ destination }) =>
    destination.port === undefined ? 'absent' : certain(destination.port),
};

/** The first packet of an ICMP connection is an echo request. */
const echo: Readonly<Record<string, Field>> = {
  type: () => certain('echo-request'),
  code: () => certain(0),
};

const headers: Readonly<
  Record<
    string,
    { readonly isThere: (packet: PacketState) => boolean; readonly fields: typeof echo }
  >
> = {
  ip: {
    isThere: ({ family }) => family === 'IPv4',
    fields: {
      ...addresses,
      protocol: ({ protocol }) => certain(protocol),
      version: () => certain(4),
    },
  },
  ip6: {
    isThere: ({ family }) => family === 'IPv6',
    fields: {
      ...addresses,
      nexthdr: ({ protocol }) => certain(protocol),
      version: () => certain(6),
    },
  },
  icmp: { isThere: ({ protocol }) => protocol === 'icmp', fields: echo },
  icmpv6: { isThere: ({ protocol }) => protocol === 'ipv6-icmp', fields: echo },
  th: { isThere: ({ destination }) => destination.port !== undefined, fields: ports },
};

/** A field of a header; of a header that the packet does not have, nothing. */
export function payloadValue(protocol: string, field: string, packet: PacketState): Value {
  const header = Object.hasOwn(headers, protocol) ? headers[protocol] : undefined;
  if (!header) {
    if (protocol !== packet.protocol) return isTransport.has(protocol) ? 'absent' : 'unknown';
    return Object.hasOwn(ports, field) ? (ports[field]?.(packet) ?? 'unknown') : 'unknown';
  }
  if (!header.isThere(packet)) return 'absent';
  return Object.hasOwn(header.fields, field)
    ? (header.fields[field]?.(packet) ?? 'unknown')
    : 'unknown';
}

const isTransport: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'udplite', 'dccp']);
