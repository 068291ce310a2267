import type { NormalMatch } from '../../ruleset/iptables/index.ts';
import type { PacketState } from '../walk/packet.ts';
import type { Chance } from '../walk/walk.ts';
import type { MatchContext, Matcher, MatchOf } from './matches/match-context.ts';
import { matchAddressType, matchDestination, matchSource } from './matches/match-address.ts';
import {
  matchInInterface,
  matchOutInterface,
  matchPhysdevIsIn,
} from './matches/match-interface.ts';
import { matchOther } from './matches/match-other.ts';
import { matchDestinationPort, matchProtocol, matchSourcePort } from './matches/match-port.ts';
import { matchSet } from './matches/match-set.ts';
import {
  matchConntrack,
  matchIpvs,
  matchMark,
  matchRecentCheck,
  matchRecentSet,
  matchStatistic,
} from './matches/match-state.ts';

type Kind = NormalMatch['kind'];

const matchers: { readonly [K in Kind]: Matcher<K> } = {
  source: matchSource,
  destination: matchDestination,
  inInterface: matchInInterface,
  outInterface: matchOutInterface,
  protocol: matchProtocol,
  sourcePort: matchSourcePort,
  destinationPort: matchDestinationPort,
  comment: () => 1,
  conntrack: matchConntrack,
  mark: matchMark,
  addrtype: matchAddressType,
  set: matchSet,
  ipvs: matchIpvs,
  physdevIsIn: matchPhysdevIsIn,
  statistic: matchStatistic,
  recentSet: matchRecentSet,
  recentCheck: matchRecentCheck,
  nfacct: () => 1,
  other: matchOther,
};

function chanceOf<K extends Kind>(
  match: MatchOf<K> & { kind: K },
  packet: PacketState,
  context: MatchContext,
): Chance {
  return matchers[match.kind](match, packet, context);
}

export interface RuleChance {
  /** Of the matches that are known. */
  readonly chance: number;
  /** The first match that is not. */
  readonly unknown: NormalMatch | undefined;
}

const never: RuleChance = { chance: 0, unknown: undefined };
const always: RuleChance = { chance: 1, unknown: undefined };

/** How likely a rule applies: a match that certainly fails decides, whatever the others are. */
export function matchChance(
  matches: readonly NormalMatch[],
  packet: PacketState,
  context: MatchContext,
): RuleChance {
  let chance = 1;
  let unknown: NormalMatch | undefined;
  for (const match of matches) {
    const found = chanceOf(match, packet, context);
    if (found === undefined) {
      unknown ??= match;
      continue;
    }
    const isInverted = 'inverted' in match && match.inverted;
    chance *= isInverted ? 1 - found : found;
    if (chance === 0) return never;
  }
  return chance === 1 && !unknown ? always : { chance, unknown };
}
