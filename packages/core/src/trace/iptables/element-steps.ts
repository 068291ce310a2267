import type { NormalRule } from '../../ruleset/iptables/index.ts';
import { lookUp } from '../ipset/look-up.ts';
import type { SetIndex } from '../ipset/index-sets.ts';
import type { PacketState } from '../walk/packet.ts';
import type { StepElement } from '../walk/step.ts';

/** The entries of ipsets by which a rule applies to a packet. */
export function elementSteps(
  { matches }: NormalRule,
  packet: PacketState,
  sets: SetIndex,
): readonly StepElement[] {
  return matches.flatMap((match) => {
    if (match.kind !== 'set' || match.inverted) return [];
    const set = sets.get(match.name);
    const found = set && lookUp(set, match.fields, packet);
    if (!found || found === 'none') return [];
    return [{ container: match.name, text: found.text, ...found.source }];
  });
}
