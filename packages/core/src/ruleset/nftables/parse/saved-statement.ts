/** An expression in the words in which it is written. */
export type SavedExpression =
  /** `tcp dport`, `ip saddr`, … */
  | { readonly kind: 'payload'; readonly protocol: string; readonly field: string }
  /** `meta mark`; `bare` without the word `meta`. */
  | { readonly kind: 'meta'; readonly key: string; readonly bare?: true }
  | { readonly kind: 'ct'; readonly key: string }
  /** `fib saddr . iif oif`: what is looked up, and what is asked for. */
  | { readonly kind: 'fib'; readonly fields: readonly string[]; readonly result: string }
  | {
      readonly kind: 'numgen';
      readonly mode: string;
      readonly modulus: string;
      readonly offset?: string;
    }
  /** `meta mark & 0x00004000`. */
  | {
      readonly kind: 'bits';
      readonly expression: SavedExpression;
      readonly operator: string;
      readonly operand: string;
    }
  | { readonly kind: 'concatenation'; readonly parts: readonly SavedExpression[] };

/** Values as they are written: numbers, names, addresses with or without prefix length, ranges, quoted strings. */
export type SavedOperand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'set'; readonly name: string }
  | { readonly kind: 'anonymousSet'; readonly values: readonly string[] };

export type SavedVerdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** What a map has for a key: a verdict, or the parts of a concatenation. */
export type SavedData =
  | { readonly kind: 'verdict'; readonly verdict: SavedVerdict }
  | { readonly kind: 'values'; readonly parts: readonly string[] };

export interface SavedMapEntry {
  /** The parts of the key. */
  readonly key: readonly string[];
  readonly data: SavedData;
}

export type SavedMapOperand =
  | { readonly kind: 'map'; readonly name: string }
  | { readonly kind: 'anonymousMap'; readonly entries: readonly SavedMapEntry[] };

/** A word as it is written, strings with their quotes. */
export interface Word {
  readonly text: string;
  /** The blanks before it, where they are not one space. */
  readonly gap?: string;
}

/** How something was set that has the usual words but not the usual blanks. */
export interface Laid {
  /** The blanks before each word and sign but the first. */
  readonly layout?: readonly string[];
}

/** A statement of a kind that kube-proxy or kube-rules uses, in the words in which it is written. */
export type KnownStatement =
  | {
      readonly kind: 'match';
      readonly left: SavedExpression;
      /** Such as `!=`; none where the words follow each other. */
      readonly operator?: string;
      readonly right: SavedOperand;
    }
  | { readonly kind: 'verdict'; readonly verdict: SavedVerdict }
  /** `with` in words: `tcp reset`, `icmpx admin-prohibited`. */
  | { readonly kind: 'reject'; readonly with?: readonly string[] }
  /** `meta mark set …`: an expression or a value. */
  | {
      readonly kind: 'mangle';
      readonly target: SavedExpression;
      readonly value: SavedExpression | string;
    }
  | { readonly kind: 'masquerade'; readonly flags: readonly string[] }
  | { readonly kind: 'vmap'; readonly key: SavedExpression; readonly map: SavedMapOperand }
  | {
      readonly kind: 'nat';
      readonly type: 'dnat' | 'snat';
      /** What stands before `to`: nothing, `ip`, `ip addr . port`. */
      readonly form: readonly string[];
      readonly destination: string;
      readonly flags: readonly string[];
    }
  | {
      readonly kind: 'mapNAT';
      readonly type: 'dnat' | 'snat';
      readonly form: readonly string[];
      readonly key: SavedExpression;
      readonly map: SavedMapOperand;
    }
  | {
      readonly kind: 'update';
      readonly operation: 'add' | 'update' | 'delete';
      readonly set: string;
      readonly key: SavedExpression;
      readonly timeout?: string;
    }
  /** Without `count` in a listing of `nft -s`. */
  | { readonly kind: 'counter'; readonly count?: Count }
  /** `limit rate over 5/minute burst 3 packets`, after the word `rate`. */
  | { readonly kind: 'limit'; readonly words: readonly string[] };

/** Decimal digits: the kernel's numbers have 64 bits. */
export interface Count {
  readonly packets: string;
  readonly bytes: string;
}

/** What has no kind of its own, word for word. */
export interface OtherStatement {
  readonly kind: 'other';
  readonly words: readonly Word[];
}

export type SavedStatement = (KnownStatement | OtherStatement) &
  Laid & {
    /** The blanks before the statement, where they are not one space. */
    readonly gap?: string;
  };
