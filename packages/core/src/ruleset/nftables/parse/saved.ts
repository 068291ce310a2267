import type { Count, Laid, SavedData, SavedStatement, Word } from './saved-statement.ts';

/** What every part of a text has around it. */
interface Placed extends Laid {
  /** Where it starts in the text, in UTF-16 code units. */
  readonly offset: number;
  /** The blanks and line ends before it, where they are not a line end and a tab for each open brace. */
  readonly before?: string;
  /** The `;` that ends it, with the blanks before. */
  readonly end?: string;
  /** The number in `# handle 5`, as `nft -a` shows it. */
  readonly handle?: string;
}

/** What stands in braces. */
export interface Block<Item> {
  readonly items: readonly Item[];
  /** The blanks before `{`, where they are not one space. */
  readonly gap?: string;
  /** The blanks before `}`, where they are not a line end and the tabs of the block's own line. */
  readonly close?: string;
  /** False if the text was cut before `}`. */
  readonly closed: boolean;
}

/** `add`, `create`, `insert`, `replace`, `delete`, `destroy`, `reset`. */
type Verb = string;

/** The table that a command names; without a family it is `ip`. */
export interface Place {
  readonly family?: string;
  readonly table: string;
}

export interface SavedComment extends Placed {
  readonly kind: 'comment';
  /** With its `#`. */
  readonly text: string;
}

/** What has no kind of its own, word for word: a flowtable, a quota, `include`, … */
export interface SavedOther extends Placed {
  readonly kind: 'other';
  readonly words: readonly Word[];
}

/** `type`, `flags`, `size`, `timeout`, `policy`, `comment`, … */
export interface SavedProperty extends Placed {
  readonly kind: 'property';
  readonly name: string;
  readonly words: readonly Word[];
}

/** A rule in a chain's braces, or a command with a place. */
export interface SavedRule extends Placed {
  readonly kind: 'rule';
  readonly command?: RuleCommand;
  /** The blanks between a command's head and the first statement, where they are not one space. */
  readonly headGap?: string;
  readonly statements: readonly SavedStatement[];
  /** With its quotes. */
  readonly comment?: string;
  /** The blanks before the word `comment` and before its text, where they are not one space each. */
  readonly commentGaps?: readonly [before: string, within: string];
}

export interface RuleCommand {
  readonly verb: Verb;
  readonly place: Place;
  readonly chain: string;
  /** `handle 5`, `index 0`. */
  readonly position?: { readonly kind: string; readonly number: string };
}

/** What a set or map has for an element, beside its key. */
export type ElementOption =
  | { readonly kind: 'timeout' | 'expires'; readonly duration: string }
  /** With its quotes. */
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'counter'; readonly count?: Count };

interface PlacedElement extends Laid {
  readonly offset: number;
  /** The blanks before it, where they are not one space. */
  readonly before?: string;
  /** The blanks before the comma behind it, where there are any. */
  readonly comma?: string;
}

export interface KnownElement extends PlacedElement {
  readonly kind: 'element';
  /** The parts of its key. */
  readonly key: readonly string[];
  readonly options?: readonly ElementOption[];
  readonly data?: SavedData;
}

export interface OtherElement extends PlacedElement {
  readonly kind: 'other';
  readonly words: readonly Word[];
}

export type SavedElement = KnownElement | OtherElement;

/** `elements = { … }` of a set or map, or a command with a place. */
export interface SavedElements extends Placed {
  readonly kind: 'elements';
  readonly command?: { readonly verb: Verb; readonly place: Place; readonly name: string };
  /** Whether a comma stands behind the last. */
  readonly finalComma?: true;
  readonly block: Block<SavedElement>;
}

/** `chain NAME { … }`, or a command with a place, where the braces may be left out. */
export interface SavedChain extends Placed {
  readonly kind: 'chain';
  readonly command?: { readonly verb: Verb; readonly place: Place };
  readonly name: string;
  readonly block?: Block<SavedItem>;
}

export interface SavedSet extends Placed {
  readonly kind: 'set' | 'map';
  readonly command?: { readonly verb: Verb; readonly place: Place };
  readonly name: string;
  readonly block?: Block<SavedItem>;
}

export interface SavedTable extends Placed {
  readonly kind: 'table';
  readonly verb?: Verb;
  readonly family?: string;
  readonly name: string;
  readonly block?: Block<SavedItem>;
}

/** `flush ruleset`, `flush chain ip t c`, `delete set ip t s`, …; elements are deleted by `SavedElements`. */
export interface SavedRemoval extends Placed {
  readonly kind: 'removal';
  readonly verb: 'flush' | 'delete' | 'destroy';
  readonly object: 'ruleset' | 'table' | 'chain' | 'set' | 'map';
  readonly family?: string;
  readonly table?: string;
  readonly name?: string;
}

export type SavedItem =
  | SavedComment
  | SavedOther
  | SavedProperty
  | SavedRule
  | SavedElements
  | SavedChain
  | SavedSet
  | SavedTable
  | SavedRemoval;

/** What `nft list` printed, or a script for `nft -f`; `printNftables` gives the very same text. */
export interface SavedText {
  readonly format: 'listing' | 'script';
  readonly items: readonly SavedItem[];
  /** What stands behind the last item, where it is not one line end. */
  readonly trailing?: string;
}

/** What `nft -j list` printed: the objects of its list as they are. */
export interface SavedJSON {
  readonly format: 'json';
  readonly objects: readonly unknown[];
}

/** A text whose format is not known: nothing of it was read. */
export interface UnknownText {
  readonly format: 'unknown';
  readonly text: string;
}

export type SavedDocument = SavedText | SavedJSON | UnknownText;
