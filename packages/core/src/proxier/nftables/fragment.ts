import type { Chain, Element, NamedSet } from '../../ruleset/nftables/index.ts';
import type { Container } from './objects.ts';

export interface PlacedElement extends Element {
  readonly container: Container;
}

/** Everything that one service port puts into the table. */
export interface Fragment {
  readonly chains: readonly Chain[];
  readonly sets: readonly NamedSet[];
  /** In the order in which they are added. */
  readonly elements: readonly PlacedElement[];
}
