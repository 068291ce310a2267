import { addressTypes } from '../walk/address-type.ts';
import {
  interfaceOfOwn,
  interfaceToward,
  isOwnAddress,
  type Network,
} from '../walk/environment.ts';
import type { PacketState } from '../walk/packet.ts';
import { certain, type Value } from './value.ts';

/** What the routing table has for an address of a packet: its type, or the way to it. */
export function fibValue(
  { fields, result }: { readonly fields: readonly string[]; readonly result: string },
  packet: PacketState,
  network: Network,
): Value {
  const endpoint = fields.includes('saddr') ? packet.source : packet.destination;
  if (result !== 'type') return certain(interfaceToward(network, endpoint));
  const type = addressTypes(endpoint, network)[0]?.toLowerCase();
  const limit = fields.find((field) => field === 'iif' || field === 'oif');
  if (!limit || !isOwnAddress(network, endpoint)) return certain(type);
  const name = limit === 'iif' ? packet.inInterface : packet.outInterface;
  const own = interfaceOfOwn(network, endpoint);
  if (name === undefined || own === '') return 'unknown';
  return certain(own === name ? type : 'unicast');
}
