import { containsIP, parseCIDR, type CIDR } from '../netaddr/cidr.ts';
import type { Family } from '../netaddr/family.ts';
import { familyOfBytes, isLoopback } from '../netaddr/ip.ts';
import { printIP } from '../netaddr/print-ip.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { compareText } from '../util/compare-text.ts';
import { interfaceAddresses } from './interface-addresses.ts';
import { nodeIPsOf } from './node-ip.ts';

/** On which of the node's addresses node ports are served, in one family. */
export interface NodePortAddresses {
  /** Every address of the node. */
  readonly matchAll: boolean;
  /** Whether 127.0.0.0 is covered; only ever true for IPv4. */
  readonly containsLoopback: boolean;
  /** The addresses, sorted by text; empty with `matchAll`. */
  readonly addresses: readonly NodePortAddress[];
}

interface NodePortAddress {
  readonly ip: string;
  readonly isLoopback: boolean;
}

const loopbackNetwork = [127, 0, 0, 0];

/** `nodePortAddresses` as kube-proxy reads it: no CIDR of a family means all addresses of that family. */
export function resolveNodePortAddresses(snapshot: Snapshot, family: Family): NodePortAddresses {
  const cidrs = cidrsOf(snapshot, family);
  const zero = cidrs.findIndex(({ prefixLength }) => prefixLength === 0);
  const matchAll = cidrs.length === 0 || zero >= 0;
  const examined = zero >= 0 ? cidrs.slice(0, zero + 1) : cidrs;
  const containsLoopback =
    family === 'IPv4' && (cidrs.length === 0 || examined.some(coversLoopback));
  return {
    matchAll,
    containsLoopback,
    addresses: matchAll ? [] : addressesWithin(snapshot, cidrs),
  };
}

function coversLoopback(cidr: CIDR): boolean {
  return isLoopback(cidr.address) || containsIP(cidr, loopbackNetwork);
}

function cidrsOf(snapshot: Snapshot, family: Family): CIDR[] {
  const { nodePortAddresses } = snapshot.config;
  const cidrs =
    nodePortAddresses[0] === 'primary' ? primaryCIDRs(snapshot) : nodePortAddresses.map(parseCIDR);
  return cidrs.filter((cidr) => cidr !== undefined).filter((cidr) => cidr.family === family);
}

/** The keyword `primary`: the node's own address of each family that it has one of. */
function primaryCIDRs(snapshot: Snapshot): CIDR[] {
  return Object.values(nodeIPsOf(snapshot))
    .filter((ip) => !isLoopback(ip))
    .map((ip) => ({ family: familyOfBytes(ip), address: ip, prefixLength: ip.length * 8 }));
}

function addressesWithin(snapshot: Snapshot, cidrs: readonly CIDR[]): NodePortAddress[] {
  const within = interfaceAddresses(snapshot).filter((ip) =>
    cidrs.some((cidr) => containsIP(cidr, ip)),
  );
  const byText = new Map(
    within.map((ip) => [printIP(ip), { ip: printIP(ip), isLoopback: isLoopback(ip) }]),
  );
  return [...byText.values()].sort((a, b) => compareText(a.ip, b.ip));
}
