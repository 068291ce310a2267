interface Invertible {
  /** `!` before the option. */
  readonly inverted?: true;
}

/** A word of an option that has no kind of its own. */
export interface OptionWord {
  /** The word as iptables takes it, without quotes and escapes. */
  readonly text: string;
  /** The word as it is written, where that is another text. */
  readonly spelling?: string;
  /** The blanks before it, where they are not one space. */
  readonly gap?: string;
}

/** The entry that the address in question must have in a list of xt_recent; save output tells the mask and the side. */
interface RecentList {
  readonly name: string;
  readonly mask?: string;
  readonly side?: 'rsource' | 'rdest';
}

/** Without quotes, in quotes as kube-proxy and `print-word.ts` write, or in quotes as iptables-save does, which escapes `'` too. */
export type Quoting = 'bare' | 'restore' | 'save';

/**
 * One match, in the words in which it is written: a value stays the text that it was. `module` is `-m NAME`
 * of a protocol, whose ports are matches of their own, because other options may stand between.
 */
export type SavedMatch =
  | { readonly kind: 'comment'; readonly text: string; readonly quoting: Quoting }
  | ({ readonly kind: 'protocol'; readonly protocol: string } & Invertible)
  | { readonly kind: 'module'; readonly module: string }
  | ({ readonly kind: 'source' | 'destination'; readonly address: string } & Invertible)
  | ({ readonly kind: 'inInterface' | 'outInterface'; readonly name: string } & Invertible)
  | ({ readonly kind: 'sourcePort' | 'destinationPort'; readonly port: string } & Invertible)
  | ({ readonly kind: 'conntrack'; readonly states: readonly string[] } & Invertible)
  /** `VALUE` or `VALUE/MASK`. */
  | ({ readonly kind: 'mark'; readonly mark: string } & Invertible)
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
      readonly address: string;
      readonly protocol: string;
      readonly port: string;
    }
  | ({ readonly kind: 'physdevIsIn' } & Invertible)
  /** `-m statistic --mode random`. */
  | ({ readonly kind: 'statistic'; readonly probability: string } & Invertible)
  | ({ readonly kind: 'recentSet' } & RecentList)
  | ({
      readonly kind: 'recentCheck';
      readonly seconds: string;
      readonly reap: boolean;
    } & RecentList)
  | { readonly kind: 'nfacct'; readonly name: string }
  /** A module with all its options, or an option by itself, word for word. */
  | { readonly kind: 'other'; readonly words: readonly OptionWord[] };

export type SavedTarget =
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with?: string }
  /** `VALUE` or `VALUE/MASK`, by one of the options that MARK has. */
  | {
      readonly kind: 'MARK';
      readonly option: 'set-xmark' | 'set-mark' | 'and-mark' | 'or-mark' | 'xor-mark';
      readonly mark: string;
    }
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  | { readonly kind: 'DNAT'; readonly destination: string }
  /** One port or a range. */
  | { readonly kind: 'REDIRECT'; readonly ports: string }
  /** `-j` with all that belongs to it, word for word. */
  | { readonly kind: 'other'; readonly words: readonly OptionWord[] };
