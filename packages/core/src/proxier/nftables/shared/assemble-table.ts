import type { Family } from '../../../netaddr/family.ts';
import { objectName, type Table } from '../../../ruleset/nftables/index.ts';
import { compareText } from '../../../util/compare-text.ts';
import { familyWords } from './expressions.ts';

/** kube-proxy's table of one family, with its objects in the order of their names. */
export function assembleTable(
  family: Family,
  { chains, sets, maps }: Pick<Table, 'chains' | 'sets' | 'maps'>,
): Table {
  return {
    family: familyWords[family].protocol,
    name: objectName('kube-proxy'),
    comment: 'rules for kube-proxy',
    chains: chains.toSorted(byName),
    sets: sets.toSorted(byName),
    maps: maps.toSorted(byName),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}
