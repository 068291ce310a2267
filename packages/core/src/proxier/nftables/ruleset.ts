import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Table } from '../../ruleset/nftables/index.ts';
import type { Release } from '../../service/release.ts';
import type { Summary } from '../../service/summary.ts';

/** The table of one address family. */
export interface NftablesFamily {
  readonly family: Family;
  readonly table: Table;
}

/** What kube-proxy programs in nftables mode, a table for each family: plain data that survives `JSON.stringify`. */
export interface NftablesRuleset {
  readonly mode: 'nftables';
  readonly release: Release;
  readonly nodeName: string;
  readonly summary: Summary;
  readonly ipv4: NftablesFamily;
  readonly ipv6: NftablesFamily;
  readonly diagnostics: readonly Diagnostic[];
}
