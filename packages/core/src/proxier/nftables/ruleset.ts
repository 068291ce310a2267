import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Family } from '../../netaddr/family.ts';
import type { NamedMap, Table } from '../../ruleset/nftables/index.ts';
import type { Release } from '../../service/release.ts';
import type { Summary } from '../../service/summary.ts';
import type { RetiredSlot } from './fast/slots.ts';

/**
 * How the rules lie in the kernel: `kube-proxy` has chains for each Service, byte for byte as
 * kube-proxy writes them; `fast` has Services as elements of a fixed number of maps, and forwards alike.
 */
export type Layout = 'kube-proxy' | 'fast';

export const layouts: readonly Layout[] = ['kube-proxy', 'fast'];

/** The table of one address family. */
export interface NftablesFamily {
  readonly family: Family;
  readonly table: Table;
  /** In the fast layout, what the next ruleset must know of the slots of affinity. */
  readonly retiredSlots?: readonly RetiredSlot[];
}

/** The rules of nftables mode, a table for each family: plain data that survives `JSON.stringify`. */
export interface NftablesRuleset {
  readonly mode: 'nftables';
  readonly layout: Layout;
  readonly release: Release;
  readonly nodeName: string;
  readonly summary: Summary;
  readonly ipv4: NftablesFamily;
  readonly ipv6: NftablesFamily;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the next ruleset asks of the one before: where the slots of the fast layout lead. */
export interface FormerRuleset {
  readonly ipv4: FormerFamily;
  readonly ipv6: FormerFamily;
}

export interface FormerFamily {
  readonly table: { readonly maps: readonly Pick<NamedMap, 'name' | 'elements'>[] };
  readonly retiredSlots?: readonly RetiredSlot[];
}
