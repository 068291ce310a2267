import type { CIDR } from '../../netaddr/cidr.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Origin } from '../origin.ts';

interface Invertible {
  readonly inverted?: true;
}

interface RecentList {
  readonly name: string;
  /** The address by which the list is looked up. */
  readonly side: 'source' | 'destination';
  readonly mask: string;
}

/** What a packet must be like, in one spelling only: two matches that mean the same are equal data. */
export type NormalMatch =
  /** Host bits are zero. */
  | ({ readonly kind: 'source' | 'destination'; readonly cidr: CIDR } & Invertible)
  /** A name that ends in `+` stands for all interfaces that begin so. */
  | ({ readonly kind: 'inInterface' | 'outInterface'; readonly name: string } & Invertible)
  /** By name in lower case, such as `tcp`, or by number where the name is not known. */
  | ({ readonly kind: 'protocol'; readonly protocol: string } & Invertible)
  /** From `first` to `last`, both included. */
  | ({
      readonly kind: 'sourcePort' | 'destinationPort';
      readonly first: number;
      readonly last: number;
    } & Invertible)
  | { readonly kind: 'comment'; readonly text: string }
  | ({ readonly kind: 'conntrack'; readonly states: readonly string[] } & Invertible)
  /** The packet's mark AND `mask` is `mark`. */
  | ({ readonly kind: 'mark'; readonly mark: number; readonly mask: number } & Invertible)
  | ({
      readonly kind: 'addrtype';
      readonly side: 'source' | 'destination';
      readonly types: readonly string[];
    } & Invertible)
  | ({
      readonly kind: 'set';
      readonly name: string;
      readonly fields: readonly string[];
    } & Invertible)
  | {
      readonly kind: 'ipvs';
      readonly cidr: CIDR;
      readonly protocol: string;
      readonly port: number;
    }
  | ({ readonly kind: 'physdevIsIn' } & Invertible)
  /** Matches if a random number of 31 bits is less than `threshold`, which is 0 to 2 ** 31. */
  | ({ readonly kind: 'statistic'; readonly threshold: number } & Invertible)
  | ({ readonly kind: 'recentSet' } & RecentList)
  /** Matches if the address was seen in the last `seconds`. */
  | ({
      readonly kind: 'recentCheck';
      readonly seconds: number;
      readonly reap: boolean;
    } & RecentList)
  | { readonly kind: 'nfacct'; readonly name: string }
  /** What has no kind of its own, word for word without quotes. */
  | { readonly kind: 'other'; readonly words: readonly string[] };

export type NormalTarget =
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with: string }
  /** The mark becomes (mark AND NOT `mask`) XOR `mark`, as with `--set-xmark`. */
  | { readonly kind: 'MARK'; readonly mark: number; readonly mask: number }
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  /** The port is left as it is where none is told. */
  | { readonly kind: 'DNAT'; readonly address: string; readonly port?: number }
  | { readonly kind: 'REDIRECT'; readonly port: number }
  | { readonly kind: 'other'; readonly words: readonly string[] };

/**
 * Where a rule came from: the start of its line in a text, in UTF-16 code units, or what it was compiled for.
 * `isJump` if the text is that of the jumps.
 */
export type NormalRuleSource =
  | { readonly kind: 'saved'; readonly offset: number; readonly isJump?: true }
  | { readonly kind: 'compiled'; readonly origin: Origin };

export interface NormalRule {
  /** The rule as an `-A` line in one spelling: rules are the same if their texts are. */
  readonly text: string;
  /** Those of every rule first, then the comment, then the others in the order in which they are evaluated. */
  readonly matches: readonly NormalMatch[];
  /** None if the rule only counts. */
  readonly target: NormalTarget | undefined;
  readonly comment: string | undefined;
  readonly source: NormalRuleSource;
}

export interface NormalChain {
  readonly name: string;
  /** What becomes of a packet at the end of a built-in chain; none for other chains. */
  readonly policy: string | undefined;
  readonly rules: readonly NormalRule[];
}

export interface NormalTable {
  readonly name: string;
  readonly chains: ReadonlyMap<string, NormalChain>;
}

/**
 * The rules of one family as the kernel has them, however they were written. A built-in chain without rules whose
 * policy is ACCEPT has no part in it, nor has a table without chains.
 */
export interface NormalRuleset {
  readonly family: Family;
  readonly tables: ReadonlyMap<string, NormalTable>;
}
