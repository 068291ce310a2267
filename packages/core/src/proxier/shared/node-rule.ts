import type { ChainName, Match, Rule, Target } from '../../ruleset/iptables/index.ts';

export interface NodeRuleParts {
  readonly matches: readonly Match[];
  readonly target: Target;
  readonly reason: string;
}

/** A rule that every node has, whatever Services there are. */
export function nodeRule(chain: ChainName, { matches, target, reason }: NodeRuleParts): Rule {
  return { chain, matches, target, origin: { reason } };
}
