import type { NormalStatement } from '../../ruleset/nftables/index.ts';
import { accepted, takeChance, type Branch, type Passed } from '../walk/branch.ts';
import { endpointOf } from '../walk/packet.ts';
import { changeDestination, spreadOver } from '../walk/spread-over.ts';
import { changeSource } from '../walk/translate.ts';
import { unknownAt } from '../walk/walk.ts';
import { mapChoices, type MapChoice } from './map-choices.ts';
import { withElement, withStep, type RulePlace } from './rule-place.ts';
import { endWith, type StatementResult } from './statement-result.ts';

type NAT = NormalStatement & { readonly kind: 'nat' };
type MapNAT = NormalStatement & { readonly kind: 'mapNAT' };

/** `dnat to` and `snat to` with an address, a port, or both. */
export function passNAT(branch: Branch, nat: NAT, place: RulePlace): StatementResult {
  const side = nat.type === 'snat' ? 'source' : 'destination';
  const host = nat.address ?? branch.packet[side].text;
  const text = host.includes(':') ? `[${host}]` : host;
  const target = nat.port === undefined ? text : `${text}:${nat.port}`;
  return endWith(...spreadOver(withStep(branch, place), target, side));
}

/** `dnat to … map`: to what a map has for the packet. */
export function passMapNAT(branch: Branch, nat: MapNAT, place: RulePlace): StatementResult {
  const choices = mapChoices(nat.key, nat.map, { branch, place });
  return endWith(...choices.map((choice) => choose(branch, { nat, choice, place })));
}

interface Choosing {
  readonly nat: MapNAT;
  readonly choice: MapChoice;
  readonly place: RulePlace;
}

function choose(branch: Branch, { nat, choice, place }: Choosing): Passed {
  const { found, probability, element } = choice;
  const chosen = takeChance(branch, probability);
  if (found === 'nothing') return { end: { kind: 'next' }, branch: chosen };
  const stepped = withElement(withStep(chosen, place), element, probability);
  const side = nat.type === 'snat' ? 'source' : 'destination';
  const endpoint =
    found === 'unknown' || found.kind === 'verdict'
      ? undefined
      : endpointOf(found.parts[0] ?? '', portOf(found.parts[1], branch.packet[side].port));
  if (!endpoint) return unknownAt(stepped, place.rule.text);
  const changed =
    side === 'source' ? changeSource(stepped, endpoint) : changeDestination(stepped, endpoint);
  return { end: accepted, branch: changed };
}

function portOf(text: string | undefined, own: number | undefined): number | undefined {
  return text === undefined ? own : Number(text);
}
