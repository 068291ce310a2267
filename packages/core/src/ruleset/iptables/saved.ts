import type { SavedMatch, SavedTarget } from './saved-rule.ts';

export type { OptionWord, SavedMatch, SavedTarget } from './saved-rule.ts';

/** How many packets and bytes were counted, as decimal digits: the kernel's numbers have 64 bits. */
export interface Counters {
  readonly packets: string;
  readonly bytes: string;
}

/**
 * The blanks of a line where they are not the usual ones: before each word of the line's head (all but
 * a rule's matches and target), and last those before the line's end.
 */
export type Gaps = readonly string[];

/** One `-A` line, in the order in which it is written. */
export interface SavedRule {
  readonly kind: 'rule';
  readonly chain: string;
  readonly counters: Counters | undefined;
  readonly matches: readonly SavedMatch[];
  readonly target: SavedTarget | undefined;
  /** How many matches stand before the target, where others follow it. */
  readonly targetAt: number | undefined;
  /** Where the line starts in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly gaps: Gaps | undefined;
}

/** `:CHAIN POLICY [packets:bytes]`; the policy of a chain that is not built in is `-`. */
export interface SavedChain {
  readonly kind: 'chain';
  readonly name: string;
  readonly policy: string;
  readonly counters: Counters | undefined;
  readonly offset: number;
  readonly gaps: Gaps | undefined;
}

/** A line that iptables-restore passes over; `text` is the whole line, with its `#`. */
export interface SavedComment {
  readonly kind: 'comment';
  readonly text: string;
}

export interface SavedBlank {
  readonly kind: 'blank';
  /** The blanks of the line, mostly none. */
  readonly text: string;
}

export type SavedTableItem = SavedChain | SavedRule | SavedComment | SavedBlank;

/** What stands from `*TABLE` to `COMMIT`. */
export interface SavedTable {
  readonly kind: 'table';
  readonly name: string;
  readonly items: readonly SavedTableItem[];
  /** Whether the table ends in `COMMIT`: one that does not was cut short. */
  readonly committed: boolean;
  readonly offset: number;
  readonly gaps: Gaps | undefined;
  readonly commitGaps: Gaps | undefined;
}

export type LineEnd = '\n' | '\r\n';

/** A text of iptables-save or for iptables-restore; `printSaved` gives the very same text. */
export interface SavedDocument {
  readonly items: readonly (SavedTable | SavedComment | SavedBlank)[];
  readonly lineEnd: LineEnd;
  /** Whether the last line has a line end. */
  readonly ended: boolean;
}

/** One line of a `.jumps` file: the arguments of one call of iptables. */
export type SavedJump =
  | {
      readonly kind: 'newChain';
      readonly table: string;
      readonly chain: string;
      readonly offset: number;
      readonly gaps: Gaps | undefined;
    }
  | { readonly kind: 'prepend' | 'append'; readonly table: string; readonly rule: SavedRule };

export interface SavedJumps {
  readonly items: readonly (SavedJump | SavedComment | SavedBlank)[];
  readonly lineEnd: LineEnd;
  readonly ended: boolean;
}
