import type { ChainName, Match, Rule } from '../../ruleset/iptables/index.ts';
import { chains } from './chains.ts';
import { commentMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Refusal, Routing } from './routing.ts';

/** Turns away traffic for which there is no usable endpoint. */
export function refusalRule(
  { servicePort }: Routing,
  refusal: Refusal,
  { chain, matches }: { chain: ChainName; matches: readonly Match[] },
): Rule {
  const reason = refusal.target === 'REJECT' ? 'no endpoints' : 'no local endpoints';
  return {
    chain,
    matches: [commentMatch(refusal.comment), ...matches],
    target: { kind: refusal.target },
    origin: originOf(servicePort, reason),
  };
}

/** Turns away traffic to addresses other than the cluster IP, if no endpoint may take it. */
export function externalRefusalRules(
  routing: Routing,
  destinations: readonly (readonly Match[])[],
): Rule[] {
  const { externalRefusal } = routing;
  if (!externalRefusal) return [];
  const chain = chains.externalServices;
  return destinations.map((matches) => refusalRule(routing, externalRefusal, { chain, matches }));
}
