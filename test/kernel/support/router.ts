import { hereDocument } from './namespace.ts';
import { printAddressPort } from './probe.ts';
import type { Probe } from './probe.ts';

/** A packet that opens a connection, as the router got it: it had left its sender unanswered by any rule. */
export interface Arrival {
  readonly source: string;
  /** `10.0.0.1:80/tcp` or `[fd00::1]:80/udp`. */
  readonly to: string;
}

const SETS = ['ipv4', 'ipv6'] as const;

const RULESET = `
table inet arrivals {
  set ipv4 { type ipv4_addr . ipv4_addr . inet_service . inet_proto; flags dynamic; size 65535; }
  set ipv6 { type ipv6_addr . ipv6_addr . inet_service . inet_proto; flags dynamic; size 65535; }
  chain remember {
    add @ipv4 { ip saddr . ip daddr . th dport . meta l4proto }
    add @ipv6 { ip6 saddr . ip6 daddr . th dport . meta l4proto }
  }
  chain prerouting {
    type filter hook prerouting priority raw
    tcp flags & (syn | ack) == syn jump remember
    meta l4proto udp jump remember
  }
}
`;

/** Makes the router remember what arrives at it. */
export const watchArrivalsScript = `nft -f - ${hereDocument(RULESET)}`;

export const forgetArrivalsScript = SETS.map((set) => `nft flush set inet arrivals ${set}\n`).join(
  '',
);

export const listArrivalsScript = 'nft -j list table inet arrivals\n';

type Element = {
  readonly concat: readonly [
    source: string,
    address: string,
    port: number,
    protocol: Probe['protocol'],
  ];
};

interface Listing {
  readonly nftables: readonly { readonly set?: { readonly elem?: readonly Element[] } }[];
}

/** Reads what the router remembers from the output of `listArrivalsScript`. */
export function readArrivals(output: string): readonly Arrival[] {
  const { nftables } = JSON.parse(output) as Listing;
  return nftables.flatMap(({ set }) => set?.elem ?? []).map(({ concat }) => readArrival(concat));
}

function readArrival([source, address, port, protocol]: Element['concat']): Arrival {
  return { source, to: printAddressPort({ address, port, protocol }) };
}
