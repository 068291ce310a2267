import type { ChainName, Match, Rule } from '../../ruleset/iptables/index.ts';
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
