import type { Family } from '../../../netaddr/family.ts';
import { objectName, type Table } from '../../../ruleset/nftables/index.ts';
import { compareNames } from '../../../util/compare-names.ts';
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
    chains: chains.toSorted(compareNames),
    sets: sets.toSorted(compareNames),
    maps: maps.toSorted(compareNames),
  };
}
