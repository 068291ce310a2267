import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Origin } from '../origin.ts';
import type { ChainName } from './chain-name.ts';

/** What a packet must be like, in the words of iptables-extensions(8). The order in a rule is the order in its text. */
export type Match =
  | { readonly kind: 'comment'; readonly text: string }
  /** `-m tcp -p tcp`: the protocol, and with `module` the one for its ports. */
  | { readonly kind: 'protocol'; readonly protocol: ProtocolName; readonly module: boolean }
  /** `-m tcp` by itself, behind the protocol: for its ports. */
  | { readonly kind: 'module'; readonly module: ProtocolName }
  | { readonly kind: 'source'; readonly address: string; readonly inverted?: true }
  | { readonly kind: 'destination'; readonly address: string; readonly inverted?: true }
  | { readonly kind: 'destinationPort'; readonly port: number }
  /** A name that ends in `+` stands for all interfaces that begin so. */
  | { readonly kind: 'inInterface'; readonly name: string; readonly inverted?: true }
  | { readonly kind: 'conntrack'; readonly states: readonly string[]; readonly inverted?: true }
  /** `-m state`, the name that conntrack had before. */
  | { readonly kind: 'state'; readonly states: readonly string[] }
  | {
      readonly kind: 'mark';
      readonly mark: number;
      readonly mask: number;
      readonly inverted?: true;
    }
  | {
      readonly kind: 'addrtype';
      readonly side: 'source' | 'destination';
      readonly type: 'LOCAL';
      readonly inverted?: true;
    }
  /** An entry of an ipset, looked up by the packet's fields: `dst,dst,src`. */
  | { readonly kind: 'set'; readonly name: string; readonly fields: readonly ('src' | 'dst')[] }
  /** Packets of one IPVS virtual server. */
  | {
      readonly kind: 'ipvs';
      readonly address: string;
      readonly protocol: ProtocolName;
      readonly port: number;
    }
  /** Packets that came in by a port of a bridge. */
  | { readonly kind: 'physdevIsIn'; readonly inverted?: true }
  /** `-m statistic --mode random`, of probability 1 in `n`. */
  | { readonly kind: 'statistic'; readonly oneIn: number }
  | { readonly kind: 'recentSet'; readonly name: string }
  | { readonly kind: 'recentCheck'; readonly name: string; readonly seconds: number }
  | { readonly kind: 'nfacct'; readonly name: string };

export type Target =
  | { readonly kind: 'jump'; readonly chain: ChainName }
  | { readonly kind: 'ACCEPT' }
  | { readonly kind: 'DROP' }
  | { readonly kind: 'REJECT' }
  | { readonly kind: 'RETURN' }
  | { readonly kind: 'MARK'; readonly operation: 'or' | 'xor'; readonly mark: number }
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  /** `ip:port`, or `[ip]:port` for IPv6. */
  | { readonly kind: 'DNAT'; readonly destination: string }
  /** To a port of the address at which the packet came in; to loopback for what the node sends. */
  | { readonly kind: 'REDIRECT'; readonly port: number };

/** One rule, appended to its chain. Without a target the rule only counts. */
export interface Rule {
  readonly chain: ChainName;
  readonly matches: readonly Match[];
  readonly target?: Target;
  readonly origin: Origin;
}

export type TableName = 'filter' | 'nat';

/** One table of an iptables-restore document: the chains that it declares, and their rules in the order of the text. */
export interface Table {
  readonly name: TableName;
  readonly chains: readonly ChainName[];
  readonly rules: readonly Rule[];
}

export interface Document {
  readonly tables: readonly Table[];
}

/**
 * One call of iptables before the rules are restored: `-N` makes a chain if it is not there yet,
 * `-I` puts a jump at the head of a chain that others use too and `-A` at its end, if it has no such jump yet.
 */
export type JumpStep =
  | { readonly kind: 'newChain'; readonly table: TableName; readonly chain: ChainName }
  | { readonly kind: 'prepend' | 'append'; readonly table: TableName; readonly rule: Rule };
