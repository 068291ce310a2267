import type { PacketState } from '../../walk/packet.ts';
import type { Chance } from '../../walk/walk.ts';
import { allOf } from './all-of.ts';
import { isPortWithin } from './match-port.ts';
import type { ModuleMatcher } from './match-other.ts';

/** xt_multiport: lists of ports and ranges, such as `80,443,8000:8080`. */
export const matchMultiport: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ name, values: [list = ''] }) => {
    if (name === '--dports' || name === '--destination-ports')
      return isListed(packet, 'destination', list);
    if (name === '--sports' || name === '--source-ports') return isListed(packet, 'source', list);
    return name === '--ports' ? eitherListed(packet, list) : undefined;
  });

function eitherListed(packet: PacketState, list: string): Chance {
  if (isListed(packet, 'destination', list) === 1) return 1;
  return isListed(packet, 'source', list);
}

function isListed(packet: PacketState, side: 'source' | 'destination', list: string): Chance {
  let isKnown = true;
  for (const part of list.split(',')) {
    const [first, last = first] = part.split(':').map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last)) return undefined;
    const found = isPortWithin(packet, side, { first: first ?? 0, last: last ?? 0 });
    if (found === 1) return 1;
    if (found === undefined) isKnown = false;
  }
  return isKnown ? 0 : undefined;
}
