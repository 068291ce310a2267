import { networkAddress } from '../../netaddr/cidr.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { Endpoint, PacketState } from '../walk/packet.ts';
import type { IndexedSet, SetElement } from './index-sets.ts';

/**
 * The element of a set that a packet's fields (`src`, `dst`) make, as the kernel looks it up: networks by
 * their prefix lengths, longest first. `undefined` where that is not known.
 */
export function lookUp(
  set: IndexedSet,
  fields: readonly string[],
  packet: PacketState,
): SetElement | 'none' | undefined {
  if (fields.length !== set.dimensions.length && set.type !== 'bitmap:port') return undefined;
  const hasAddress = set.dimensions.some((one) => one === 'ip' || one === 'net');
  if (hasAddress && set.isIPv6 !== (packet.family === 'IPv6')) return 'none';
  const keys = keysOf(set, fields, packet);
  if (!keys) return set.elements.size === 0 && !set.isPartial ? 'none' : undefined;
  for (const key of keys) {
    if (set.elements.has(`${key} nomatch`)) return 'none';
    const element = set.elements.get(key);
    if (element) return element;
  }
  return set.isPartial ? undefined : 'none';
}

/** All texts under which the packet may be found; `undefined` where a field is not known. */
function keysOf(
  set: IndexedSet,
  fields: readonly string[],
  packet: PacketState,
): readonly string[] | undefined {
  let keys = [''];
  for (const [at, dimension] of set.dimensions.entries()) {
    const side = fields[at] === 'src' ? 'source' : 'destination';
    const values = valuesOf(set, at, { dimension, side, packet });
    if (!values) return undefined;
    keys = keys.flatMap((start) =>
      values.map((value) => (start === '' ? value : `${start},${value}`)),
    );
  }
  return keys;
}

interface Field {
  readonly dimension: string;
  readonly side: 'source' | 'destination';
  readonly packet: PacketState;
}

function valuesOf(
  set: IndexedSet,
  at: number,
  { dimension, side, packet }: Field,
): readonly string[] | undefined {
  const endpoint = packet[side];
  if (dimension === 'ip') return [endpoint.text];
  if (dimension === 'net') return networksOf(endpoint, set.prefixLengths[at] ?? []);
  if (dimension === 'port') {
    if (endpoint.port === undefined) return undefined;
    return [
      set.type === 'bitmap:port' ? String(endpoint.port) : `${packet.protocol}:${endpoint.port}`,
    ];
  }
  const name = side === 'source' ? packet.inInterface : packet.outInterface;
  return name === undefined ? undefined : [name];
}

function networksOf({ ip, text }: Endpoint, lengths: readonly number[]): readonly string[] {
  return lengths.map((prefixLength) => {
    if (prefixLength >= ip.length * 8) return text;
    const family = ip.length === 4 ? 'IPv4' : 'IPv6';
    return `${printIP(networkAddress({ family, address: ip, prefixLength }))}/${prefixLength}`;
  });
}
