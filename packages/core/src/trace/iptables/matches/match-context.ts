import type { NormalMatch } from '../../../ruleset/iptables/index.ts';
import type { SetIndex } from '../../ipset/index-sets.ts';
import type { PacketState } from '../../walk/packet.ts';
import type { Chance, Walk } from '../../walk/walk.ts';

/** What a match is asked with. */
export interface MatchContext {
  readonly walk: Walk;
  readonly sets: SetIndex;
}

export type MatchOf<K extends NormalMatch['kind']> = NormalMatch & { readonly kind: K };

/** How likely a packet is what the match asks for, whether the match is inverted or not. */
export type Matcher<K extends NormalMatch['kind']> = (
  match: MatchOf<K>,
  packet: PacketState,
  context: MatchContext,
) => Chance;

/** A chance that is a certainty. */
export function certainly(holds: boolean): 0 | 1 {
  return holds ? 1 : 0;
}
