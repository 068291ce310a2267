import type { Chain, NamedSet } from '../../../ruleset/nftables/index.ts';
import type { PlacedElement } from '../shared/placed-element.ts';

/** Everything that one service port puts into the table. */
export interface Fragment {
  readonly chains: readonly Chain[];
  readonly sets: readonly NamedSet[];
  /** In the order in which they are added. */
  readonly elements: readonly PlacedElement[];
}
