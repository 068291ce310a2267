import type { ChainName, Rule } from '../../ruleset/iptables/index.ts';

/** Everything that one service port puts into the kernel in iptables mode. */
export interface Fragment {
  readonly filterRules: readonly Rule[];
  readonly natChains: readonly ChainName[];
  readonly natRules: readonly Rule[];
}
