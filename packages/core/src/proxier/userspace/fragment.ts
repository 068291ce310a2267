import type { Rule } from '../../ruleset/iptables/index.ts';
import type { CompiledListener } from '../../ruleset/listeners/index.ts';

/** Everything that one service port needs in userspace mode. */
export interface Fragment {
  readonly natRules: readonly Rule[];
  readonly filterRules: readonly Rule[];
  readonly listener: CompiledListener;
}
