import { networkAddress } from '../../netaddr/cidr.ts';
import { isOwnAddress, type Network } from './environment.ts';
import type { Endpoint } from './packet.ts';

/** The types of an address in the words of xt_addrtype, as the node's routing table has them. */
export function addressTypes(endpoint: Endpoint, network: Network): readonly string[] {
  if (isOwnAddress(network, endpoint)) return ['LOCAL'];
  const [first = 0] = endpoint.ip;
  if (endpoint.ip.every((byte) => byte === 0)) return ['UNSPEC'];
  const isMulticast = endpoint.ip.length === 4 ? first >= 224 && first < 240 : first === 0xff;
  if (isMulticast) return ['MULTICAST'];
  return isBroadcast(endpoint, network) ? ['BROADCAST'] : ['UNICAST'];
}

/** The last address of a network that the node is in. */
function isBroadcast({ ip }: Endpoint, { connected }: Network): boolean {
  if (ip.length !== 4) return false;
  if (ip.every((byte) => byte === 255)) return true;
  return connected.some(({ cidr }) => {
    if (cidr.address.length !== 4 || cidr.prefixLength > 30) return false;
    const start = networkAddress(cidr);
    return ip.every((byte, index) => {
      const hostBits = Math.min(8, Math.max(0, (index + 1) * 8 - cidr.prefixLength));
      return byte === ((start[index] ?? 0) | (2 ** hostBits - 1));
    });
  });
}
