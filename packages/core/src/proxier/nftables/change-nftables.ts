import { changeTable } from '../../ruleset/nftables/index.ts';
import type { NftablesFamily, NftablesRuleset } from './ruleset.ts';

/** How one ruleset in the kernel becomes another one. */
export interface NftablesChange {
  /**
   * For one call of `nft -f -` each, in this order; none if there is nothing to do. The last one is
   * the change, atomic and for both families; one before it, where new chains are needed, makes them
   * while nothing leads to them.
   */
  readonly scripts: readonly string[];
  /**
   * What the kernel has afterwards: the wanted ruleset, and chains and sets out of use that go with
   * later changes. Give it to `compile` as `previous`, and to the next change as `from`.
   */
  readonly result: NftablesRuleset;
}

/**
 * The smallest scripts that make `from` into `to`. In the fast layout no packet is without its rule in
 * between; compile `to` with `from` as `previous`, so that endpoints keep their slots. In kube-proxy's
 * own layout a packet may miss its Service in the instant in which an endpoint list is replaced, as
 * it may with kube-proxy. From one layout to the other the tables are replaced. Kernels before 6.2 want
 * a second between two changes.
 */
export function changeNftables(from: NftablesRuleset, to: NftablesRuleset): NftablesChange {
  const options = { together: to.layout === 'fast' };
  const ipv4 = changeTable(from.ipv4.table, to.ipv4.table, options);
  const ipv6 = changeTable(from.ipv6.table, to.ipv6.table, options);
  const family = (wanted: NftablesFamily, { result: table }: typeof ipv4): NftablesFamily =>
    table === wanted.table ? wanted : { ...wanted, table };
  const scripts = [ipv4.preparation + ipv6.preparation, ipv4.script + ipv6.script];
  return {
    scripts: scripts.filter((script) => script !== ''),
    result: { ...to, ipv4: family(to.ipv4, ipv4), ipv6: family(to.ipv6, ipv6) },
  };
}
