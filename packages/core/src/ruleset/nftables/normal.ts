import type { Origin } from '../origin.ts';

/** What a packet is asked for; numbers are numbers. */
export type NormalExpression =
  | { readonly kind: 'payload'; readonly protocol: string; readonly field: string }
  | { readonly kind: 'meta'; readonly key: string }
  | { readonly kind: 'ct'; readonly key: string }
  | { readonly kind: 'fib'; readonly fields: readonly string[]; readonly result: string }
  | {
      readonly kind: 'numgen';
      /** `random` or `inc`. */
      readonly mode: string;
      readonly modulus: number;
      readonly offset: number;
    }
  | {
      readonly kind: 'bits';
      readonly expression: NormalExpression;
      readonly operator: '&' | '|' | '^';
      readonly operand: number;
    }
  | { readonly kind: 'concatenation'; readonly parts: readonly NormalExpression[] };

/**
 * What an expression is compared with. Values in one spelling: decimal numbers, protocols by name,
 * flags sorted, addresses by RFC 5952, prefixes without host bits, strings without quotes.
 */
export type NormalOperand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'set'; readonly name: string }
  /** Sorted; ranges that touch are one. */
  | { readonly kind: 'anonymousSet'; readonly values: readonly string[] };

export type NormalVerdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** What a map has for a key: a verdict, or the parts of a value. */
export type NormalData =
  | { readonly kind: 'verdict'; readonly verdict: NormalVerdict }
  | { readonly kind: 'values'; readonly parts: readonly string[] };

export type NormalMap =
  | { readonly kind: 'map'; readonly name: string }
  /** Sorted by key. */
  | {
      readonly kind: 'anonymousMap';
      readonly entries: readonly { readonly key: readonly string[]; readonly data: NormalData }[];
    };

export type NormalStatement =
  | {
      readonly kind: 'match';
      readonly left: NormalExpression;
      readonly operator: '==' | '!=' | '<' | '>' | '<=' | '>=';
      readonly right: NormalOperand;
    }
  | { readonly kind: 'verdict'; readonly verdict: NormalVerdict }
  /** With an ICMP message of port unreachable unless `with` says otherwise. */
  | { readonly kind: 'reject'; readonly with: string | undefined }
  | {
      readonly kind: 'mangle';
      readonly target: NormalExpression;
      readonly value: NormalExpression | string;
    }
  | { readonly kind: 'masquerade'; readonly flags: readonly string[] }
  | { readonly kind: 'vmap'; readonly key: NormalExpression; readonly map: NormalMap }
  | {
      readonly kind: 'nat';
      readonly type: 'dnat' | 'snat';
      readonly address: string | undefined;
      readonly port: string | undefined;
      readonly flags: readonly string[];
    }
  | {
      readonly kind: 'mapNAT';
      readonly type: 'dnat' | 'snat';
      readonly family: string;
      readonly key: NormalExpression;
      readonly map: NormalMap;
    }
  | {
      readonly kind: 'update';
      readonly operation: 'add' | 'update' | 'delete';
      readonly set: string;
      readonly key: NormalExpression;
      /** Seconds; the set's own where none is told. */
      readonly timeout: number | undefined;
    }
  | { readonly kind: 'limit'; readonly text: string }
  /** What has no kind of its own, word for word. */
  | { readonly kind: 'other'; readonly text: string };

/**
 * Where something came from: its offset in the text that was read, in UTF-16 code units; its place
 * in the list of objects that JSON has; or why it was compiled, where that is known.
 */
export type NormalSource =
  | { readonly kind: 'saved'; readonly offset: number }
  | { readonly kind: 'json'; readonly index: number }
  | { readonly kind: 'compiled'; readonly origin?: Origin };

export interface NormalRule {
  /** The statements in one spelling: rules do the same if their texts are the same. */
  readonly text: string;
  /** Without counters, and without a match of `meta l4proto` that another expression of the rule implies. */
  readonly statements: readonly NormalStatement[];
  readonly comment: string | undefined;
  readonly source: NormalSource;
}

export interface NormalHook {
  readonly type: string;
  readonly hook: string;
  readonly device: string | undefined;
  readonly priority: number;
}

export interface NormalChain {
  readonly name: string;
  readonly hook: NormalHook | undefined;
  /** What becomes of a packet at the end of a base chain; none for other chains. */
  readonly policy: string | undefined;
  readonly comment: string | undefined;
  readonly rules: readonly NormalRule[];
  readonly source: NormalSource;
}

export interface NormalElement {
  /** The key in one spelling, its parts joined by ` . `. */
  readonly text: string;
  readonly key: readonly string[];
  readonly data: NormalData | undefined;
  readonly comment: string | undefined;
  readonly source: NormalSource;
}

export interface NormalSet {
  readonly kind: 'set' | 'map';
  readonly name: string;
  /** The types of the key's parts; `typeof …` is the type that the expression has. */
  readonly type: readonly string[];
  /** The types of a map's data; `verdict` in a verdict map. */
  readonly data: readonly string[] | undefined;
  /** Sorted, without `dynamic`, which JSON does not tell. */
  readonly flags: readonly string[];
  /** The most elements; none where the kernel's own value counts. */
  readonly size: number | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly comment: string | undefined;
  /** Properties that have no place of their own, sorted. */
  readonly others: readonly string[];
  /** Sorted by text; none in a set that packets fill. In a set of ranges those that touch are one. */
  readonly elements: readonly NormalElement[];
  readonly source: NormalSource;
}

export interface NormalTable {
  readonly family: string;
  readonly name: string;
  readonly comment: string | undefined;
  readonly chains: ReadonlyMap<string, NormalChain>;
  /** Sets and maps: they share their names. */
  readonly sets: ReadonlyMap<string, NormalSet>;
  /** Flowtables, counters, … word for word. */
  readonly others: readonly string[];
  readonly source: NormalSource;
}
