import type { ChainName, Rule } from '../../ruleset/iptables/index.ts';

/** Everything that one service port puts into the kernel in iptables mode. */
export interface Fragment {
  readonly filterRules: readonly Rule[];
  readonly natChains: readonly ChainName[];
  readonly natRules: readonly Rule[];
}

/** One fragment of many parts, in their order. Loops, because a cluster has some hundred thousand rules to pass on. */
export function joinFragments(parts: readonly Partial<Fragment>[]): Fragment {
  const filterRules: Rule[] = [];
  const natChains: ChainName[] = [];
  const natRules: Rule[] = [];
  for (const part of parts) {
    if (part.filterRules) for (const rule of part.filterRules) filterRules.push(rule);
    if (part.natChains) for (const chain of part.natChains) natChains.push(chain);
    if (part.natRules) for (const rule of part.natRules) natRules.push(rule);
  }
  return { filterRules, natChains, natRules };
}
