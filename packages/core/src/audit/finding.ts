import type { Place } from '../diff/node-rules.ts';

/**
 * How what is on a node differs from what should be there: `missing` it lacks; `changed` it is there,
 * but otherwise; `extra` it forwards or drops what it should not; `unreachable` the chains are there,
 * and nothing leads to them; `duplicate` it is there twice; `shadowed` an earlier rule of somebody
 * else takes the packets; `both-backends` kube-proxy's chains are in iptables-nft and iptables-legacy
 * at once; `harmless` no packet meets it.
 */
export type FindingKind =
  | 'missing'
  | 'changed'
  | 'extra'
  | 'unreachable'
  | 'duplicate'
  | 'shadowed'
  | 'both-backends'
  | 'harmless';

/** One difference between what a node has and what it should have. */
export interface Finding {
  readonly kind: FindingKind;
  /** What it means, in a sentence. */
  readonly message: string;
  /** `iptables IPv4 nat`, `ipset`, `ipvs`, … */
  readonly section: string;
  /** The chain, set, map or virtual server. */
  readonly container: string;
  /** Of a rule on the node, from 1 in its chain. */
  readonly ruleNumber?: number;
  /** Where it is in the dump, or, for what is missing, what it should come after. */
  readonly place?: Place;
  /** In the file of `place`, from 1. */
  readonly line?: number;
  /** `namespace/name:port`; none for what concerns all Services. */
  readonly servicePort?: string;
  /** `ip:port`, or `[ip]:port` for IPv6. */
  readonly endpoint?: string;
  /** The rule or entry that should be there. */
  readonly expected?: string;
  /** The one that is. */
  readonly live?: string;
}
