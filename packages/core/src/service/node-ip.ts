import type { Family } from '../netaddr/family.ts';
import { families } from '../netaddr/family.ts';
import { familyOfBytes, parseIP, type IPBytes } from '../netaddr/ip.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { nodeOf } from './node-of.ts';

export type NodeIPs = Readonly<Record<Family, IPBytes>>;

const loopback: NodeIPs = {
  IPv4: [127, 0, 0, 1],
  IPv6: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
};

/**
 * The node's own address in each family: the first InternalIP, else ExternalIP, of the Node, over
 * which a specific `bindAddress` wins; loopback where nothing is known.
 */
export function nodeIPsOf(snapshot: Snapshot): NodeIPs {
  const ofNode = hostIPs(snapshot);
  const bound = parseIP(snapshot.config.bindAddress);
  const specific = bound && bound.some((byte) => byte !== 0) ? [bound] : [];
  const pick = (family: Family): IPBytes =>
    [...specific, ...ofNode].find((ip) => familyOfBytes(ip) === family) ?? loopback[family];
  return { IPv4: pick('IPv4'), IPv6: pick('IPv6') };
}

/** At most two: the first address, and the next one if it is of the other family. */
function hostIPs(snapshot: Snapshot): IPBytes[] {
  const node = nodeOf(snapshot);
  const addresses = node?.status?.addresses ?? [];
  const ips = ['InternalIP', 'ExternalIP']
    .flatMap((type) => addresses.filter((address) => address.type === type))
    .map(({ address }) => parseIP(address))
    .filter((ip) => ip !== undefined);
  return families.flatMap((family) => ips.filter((ip) => familyOfBytes(ip) === family).slice(0, 1));
}
