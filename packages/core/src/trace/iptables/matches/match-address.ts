import { containsIP } from '../../../netaddr/cidr.ts';
import { addressTypes } from '../../walk/address-type.ts';
import { certainly, type Matcher } from './match-context.ts';

export const matchSource: Matcher<'source'> = ({ cidr }, { source }) =>
  certainly(containsIP(cidr, source.ip));

export const matchDestination: Matcher<'destination'> = ({ cidr }, { destination }) =>
  certainly(containsIP(cidr, destination.ip));

/** xt_addrtype: the type of an address in the node's routing table. */
export const matchAddressType: Matcher<'addrtype'> = ({ side, types }, packet, { walk }) => {
  const found = addressTypes(packet[side], walk.network);
  return certainly(types.some((type) => found.includes(type)));
};
