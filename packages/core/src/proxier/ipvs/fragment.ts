import type { SetEntry } from '../../ruleset/ipset/index.ts';
import type { Rule } from '../../ruleset/iptables/index.ts';
import type { VirtualServer } from '../../ruleset/ipvs/index.ts';
import type { SetKey } from './sets.ts';

export interface KeyedEntry extends SetEntry {
  readonly set: SetKey;
}

/** Everything that one service port puts into the kernel in ipvs mode. */
export interface Fragment {
  readonly entries: readonly KeyedEntry[];
  readonly virtualServers: readonly VirtualServer[];
  /** For the dummy interface kube-ipvs0. */
  readonly addresses: readonly string[];
  /** Rules of KUBE-IPVS-OUT-FILTER. */
  readonly filterRules: readonly Rule[];
}
