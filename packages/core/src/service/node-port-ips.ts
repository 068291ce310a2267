import type { Family } from '../netaddr/family.ts';
import { familyOfBytes, isLinkLocal, isLoopback } from '../netaddr/ip.ts';
import { printIP } from '../netaddr/print-ip.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { compareText } from '../util/compare-text.ts';
import { interfaceAddresses } from './interface-addresses.ts';
import type { NodePortAddresses } from './node-port-addresses.ts';

/** ipvs mode's own interface: what is bound there is no address of the node's. */
export const dummyInterface = 'kube-ipvs0';

/** The single addresses on which node ports are served, where a mode needs them one by one: never loopback ones. */
export function resolveNodePortIPs(
  snapshot: Snapshot,
  family: Family,
  wanted: NodePortAddresses,
): string[] {
  if (!wanted.matchAll)
    return wanted.addresses.filter(({ isLoopback: is }) => !is).map(({ ip }) => ip);
  const ips = interfaceAddresses(snapshot, dummyInterface)
    .filter((ip) => familyOfBytes(ip) === family && !isLoopback(ip))
    .filter((ip) => family === 'IPv4' || !isLinkLocal(ip))
    .map(printIP);
  return [...new Set(ips)].sort(compareText);
}
