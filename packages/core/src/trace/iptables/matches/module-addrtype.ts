import { addressTypes } from '../../walk/address-type.ts';
import { interfaceOfOwn, type Network } from '../../walk/environment.ts';
import type { PacketState } from '../../walk/packet.ts';
import type { Chance } from '../../walk/walk.ts';
import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

/** xt_addrtype with both sides, or with addresses of one interface only. */
export const matchAddressTypes: ModuleMatcher = (options, { packet, network }) => {
  const limit = options.find(({ name }) => name.startsWith('--limit-iface-'));
  return allOf(
    options.filter((option) => option !== limit),
    ({ name, values: [types = ''] }) => {
      const side = sides.get(name);
      return side && isOfType(packet, side, { types, limit: limit?.name, network });
    },
  );
};

const sides = new Map<string, 'source' | 'destination'>([
  ['--src-type', 'source'],
  ['--dst-type', 'destination'],
]);

interface Question {
  readonly types: string;
  readonly limit: string | undefined;
  readonly network: Network;
}

function isOfType(
  packet: PacketState,
  side: 'source' | 'destination',
  { types, limit, network }: Question,
): Chance {
  const found = addressTypes(packet[side], network);
  const holds = types.split(',').some((type) => found.includes(type));
  if (!limit || !holds || !found.includes('LOCAL')) return certainly(holds);
  const name = limit === '--limit-iface-in' ? packet.inInterface : packet.outInterface;
  const own = interfaceOfOwn(network, packet[side]);
  return name === undefined || own === '' ? undefined : certainly(own === name);
}
