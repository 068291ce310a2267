import type { Entry } from './ast.ts';

/** An entry that a text has: of the sets that kube-proxy makes in parts, any other as it is written. */
export type SavedEntry = Entry | { readonly kind: 'other'; readonly text: string };

/** The fields of a set in `ipset list`, but for its members. */
export type ListField =
  | 'Name'
  | 'Type'
  | 'Revision'
  | 'Header'
  | 'Size in memory'
  | 'References'
  | 'Number of entries'
  | 'Members';

/** `create`: makes a set. Options are words as they are written: `family`, `inet`, `counters`, … */
export interface CreateLine {
  readonly kind: 'create';
  readonly offset: number;
  /** Options before the name, such as `-exist`. */
  readonly flags: readonly string[];
  readonly name: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** `add`: an entry of a set. Options are words as they are written: `timeout`, `30`, `comment`, `"a b"`, `nomatch`, … */
export interface AddLine {
  readonly kind: 'add';
  readonly offset: number;
  readonly flags: readonly string[];
  readonly name: string;
  readonly entry: SavedEntry;
  readonly options: readonly string[];
}

/** A field of a set in `ipset list`; `words` are its value. */
export interface FieldLine {
  readonly kind: 'field';
  readonly offset: number;
  readonly field: ListField;
  readonly words: readonly string[];
}

/** An entry in `ipset list`. */
interface MemberLine {
  readonly kind: 'member';
  readonly offset: number;
  readonly entry: SavedEntry;
  readonly options: readonly string[];
}

/** A line that says nothing, or of which a diagnostic says that it could not be read. */
interface OtherLine {
  readonly kind: 'blank' | 'comment' | 'unread';
  readonly offset: number;
  readonly text: string;
}

export type SavedLine = CreateLine | AddLine | FieldLine | MemberLine | OtherLine;

/** What `ipset save` or `ipset list` printed, or `ipset restore` takes, line by line. */
export interface SavedIPSets {
  readonly format: 'save' | 'list' | 'unknown';
  readonly lines: readonly SavedLine[];
  /** Whether a line feed ends the last line. */
  readonly isTerminated: boolean;
}
