import type { PacketState } from '../../walk/packet.ts';
import type { Chance } from '../../walk/walk.ts';
import { certainly, type Matcher } from './match-context.ts';

export const matchProtocol: Matcher<'protocol'> = ({ protocol }, packet) =>
  certainly(protocol === packet.protocol);

export const matchSourcePort: Matcher<'sourcePort'> = (match, packet) =>
  isPortWithin(packet, 'source', match);

export const matchDestinationPort: Matcher<'destinationPort'> = (match, packet) =>
  isPortWithin(packet, 'destination', match);

/** Whether a packet's port is in a range; a client's own port may not be known. */
export function isPortWithin(
  packet: PacketState,
  side: 'source' | 'destination',
  { first, last }: { readonly first: number; readonly last: number },
): Chance {
  const { port } = packet[side];
  if (port === undefined) return first <= 1 && last === 0xffff ? 1 : undefined;
  return certainly(port >= first && port <= last);
}
