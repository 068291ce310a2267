import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Origin } from '../origin.ts';
import type { ObjectName } from './names.ts';

/** What a packet is asked for, in the words of nft(8). */
export type Expression =
  | {
      readonly kind: 'payload';
      /** `th` is any transport protocol's header. */
      readonly protocol: 'ip' | 'ip6' | 'th' | ProtocolName;
      readonly field: 'saddr' | 'daddr' | 'dport';
    }
  | { readonly kind: 'meta'; readonly key: 'l4proto' | 'mark' | 'iifname' }
  | { readonly kind: 'ct'; readonly key: 'state' | 'status' }
  /** The type of an address, from the routing table. */
  | { readonly kind: 'fib'; readonly field: 'saddr' | 'daddr' }
  /** A random number below `modulus`, plus `offset`; with modulus 1 a constant. */
  | { readonly kind: 'numgen'; readonly modulus: number; readonly offset?: number }
  | { readonly kind: 'markAnd'; readonly mask: number }
  | { readonly kind: 'concatenation'; readonly parts: readonly Expression[] };

/** What an expression is compared with. */
export type Operand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'set'; readonly name: ObjectName }
  | { readonly kind: 'anonymousSet'; readonly values: readonly string[] };

export type Verdict =
  | { readonly kind: 'drop' }
  | { readonly kind: 'goto'; readonly chain: ObjectName }
  | { readonly kind: 'jump'; readonly chain: ObjectName };

/** An address and port in a map's data. */
export interface Destination {
  readonly ip: string;
  readonly port: number;
}

export type Statement =
  | {
      readonly kind: 'match';
      readonly left: Expression;
      readonly inverted?: true;
      readonly right: Operand;
    }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'reject' }
  | { readonly kind: 'markSet'; readonly operation: 'or' | 'xor'; readonly mark: number }
  | { readonly kind: 'masquerade' }
  | { readonly kind: 'vmap'; readonly key: Expression; readonly map: ObjectName }
  /** A verdict for each number, in an anonymous map. */
  | { readonly kind: 'randomVerdict'; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'dnat'; readonly destination: string }
  /** To one of several destinations, with equal shares, in an anonymous map. */
  | {
      readonly kind: 'randomDNAT';
      readonly family: 'ip' | 'ip6';
      readonly destinations: readonly Destination[];
    }
  /** To where a named map leads. */
  | {
      readonly kind: 'mapDNAT';
      readonly family: 'ip' | 'ip6';
      readonly key: Expression;
      readonly map: ObjectName;
    }
  | {
      readonly kind: 'update';
      readonly set: ObjectName;
      readonly key: Expression;
      /** Seconds that the element stays, where the set does not say. */
      readonly timeout?: number;
    };

export interface Rule {
  readonly chain: ObjectName;
  readonly statements: readonly Statement[];
  readonly comment?: string;
  readonly origin: Origin;
}

/** Where a base chain is hooked in. */
export interface Hook {
  readonly type: 'filter' | 'nat';
  readonly hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  readonly priority: number;
}

export interface Chain {
  readonly name: ObjectName;
  readonly hook?: Hook;
  readonly comment?: string;
  readonly rules: readonly Rule[];
}

export type DataType = 'ipv4_addr' | 'ipv6_addr' | 'inet_proto' | 'inet_service';

/** What a key or the data of a map is made of: types by name, or the type of an expression. */
export type ElementType = readonly DataType[] | Expression;

/** An element of a set, or with a verdict or a destination of a map. */
export interface Element {
  /** The parts of its key. */
  readonly key: readonly string[];
  readonly comment?: string;
  readonly verdict?: Verdict;
  readonly destination?: Destination;
  readonly origin: Origin;
}

export interface NamedSet {
  readonly name: ObjectName;
  readonly type: ElementType;
  /** The most elements that rules may add. */
  readonly size?: number;
  readonly flags?: readonly ('dynamic' | 'timeout' | 'interval')[];
  /** Seconds after which an element goes. */
  readonly timeout?: number;
  readonly comment?: string;
  readonly elements: readonly Element[];
}

/** A map from keys to verdicts, or to what `data` describes. */
export interface NamedMap {
  readonly name: ObjectName;
  readonly type: ElementType;
  readonly data: 'verdict' | Expression;
  readonly comment?: string;
  readonly elements: readonly Element[];
}

export interface Table {
  readonly family: 'ip' | 'ip6';
  readonly name: ObjectName;
  readonly comment?: string;
  readonly chains: readonly Chain[];
  readonly sets: readonly NamedSet[];
  readonly maps: readonly NamedMap[];
}
