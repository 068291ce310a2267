import type { Entry, EntryGroup, Item, SectionKind } from './node-rules.ts';

/** Where a change is. */
interface At {
  readonly section: string;
  readonly sectionKind: SectionKind;
}

interface AtChain extends At {
  readonly chain: string;
}

interface AtGroup extends At {
  readonly group: string;
}

/** One difference between two NodeRules, `from` and `to`. */
export type Change =
  | (AtChain & { readonly kind: 'chainAdded' | 'chainRemoved'; readonly declaration: string })
  | (AtChain & { readonly kind: 'chainChanged'; readonly from: string; readonly to: string })
  /** `index` counts from 0 in the chain of `from`. */
  | (AtChain & { readonly kind: 'ruleRemoved'; readonly index: number; readonly rule: Item })
  /** `index` counts from 0 in the chain of `to`. */
  | (AtChain & { readonly kind: 'ruleAdded'; readonly index: number; readonly rule: Item })
  | (AtGroup & {
      readonly kind: 'groupAdded' | 'groupRemoved';
      readonly declaration: string;
      /** Of a virtual server: of what is compiled the reason, of what was read the place. */
      readonly owner: Pick<EntryGroup, 'origin' | 'place'>;
    })
  | (AtGroup & { readonly kind: 'groupChanged'; readonly from: string; readonly to: string })
  | (AtGroup & { readonly kind: 'entryAdded' | 'entryRemoved'; readonly entry: Entry })
  | (AtGroup & { readonly kind: 'entryChanged'; readonly from: Entry; readonly to: Entry });

export type ChainChange = Extract<Change, { readonly chain: string }>;
export type GroupChange = Extract<Change, { readonly group: string }>;
