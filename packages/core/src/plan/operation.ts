import type { Family } from '../netaddr/family.ts';
import type { Backend } from '../ruleset/iptables/index.ts';
import type { Flow } from '../ruleset/conntrack/index.ts';

/** One step on a node. Steps are carried out in their order. */
export type Operation =
  | SysctlOperation
  /** For `ip link add NAME type dummy`. */
  | { readonly kind: 'addLink' | 'deleteLink'; readonly name: string }
  /** For `ip -batch -`, a line for each address. */
  | {
      readonly kind: 'addAddresses' | 'deleteAddresses';
      readonly link: string;
      readonly addresses: readonly string[];
    }
  /** For `ipset restore`. */
  | { readonly kind: 'ipset'; readonly input: string }
  /** For `iptables-restore --noflush`, or ip6tables-restore; of the node's own implementation unless it says another. */
  | {
      readonly kind: 'iptables';
      readonly family: Family;
      readonly input: string;
      readonly backend?: Backend;
    }
  /** For `nft -f -`. */
  | { readonly kind: 'nft'; readonly input: string }
  /** For `ipvsadm -R`. */
  | { readonly kind: 'ipvs'; readonly input: string }
  /** TCP real servers that get no new connections, and go when they have no more or a deadline comes. */
  | { readonly kind: 'drain'; readonly servers: readonly DrainedServer[] }
  /** For `conntrack -D`, one by one: never a flush of everything. */
  | { readonly kind: 'deleteFlows'; readonly flows: readonly Flow[] };

export interface SysctlOperation {
  readonly kind: 'sysctl';
  /** Under /proc/sys, or its path. */
  readonly name: string;
  readonly value: string;
  /** What it is now. */
  readonly former?: string;
}

export interface DrainedServer {
  /** As ipvsadm names it: `-t 10.96.0.10:80`. */
  readonly virtualServer: string;
  /** `10.244.1.5:8080` */
  readonly address: string;
}
