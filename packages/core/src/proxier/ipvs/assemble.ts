import type { Family } from '../../netaddr/family.ts';
import {
  printEntry,
  type IPSet,
  type SetEntry,
  type SetOptions,
} from '../../ruleset/ipset/index.ts';
import type { Document } from '../../ruleset/iptables/index.ts';
import type { VirtualServer } from '../../ruleset/ipvs/index.ts';
import { compareNames } from '../../util/compare-names.ts';
import { compareText } from '../../util/compare-text.ts';
import { familySetName } from '../names/set-names.ts';
import { filterRules, natRules, type IpvsBase } from './base.ts';
import type { Fragment } from './fragment.ts';
import { filterChains, natChains } from './jumps.ts';
import { setDefinitions, setKeys, type SetKey } from './sets.ts';

export interface AssembledFamily {
  readonly document: Document;
  readonly ipsets: readonly IPSet[];
  readonly virtualServers: readonly VirtualServer[];
  readonly addresses: readonly string[];
}

/** Puts the fragments together: one set of each name, one virtual server of each address, one document. */
export function assemble(base: IpvsBase, fragments: readonly Fragment[]): AssembledFamily {
  const addresses = [...new Set(fragments.flatMap((fragment) => fragment.addresses))].sort(
    compareText,
  );
  const entries = entriesBySet(fragments, addresses);
  const filled = {
    nameOf: (set: SetKey) => familySetName(set, base.family),
    isFilled: (set: SetKey) => (entries.get(set)?.size ?? 0) > 0,
  };
  const drops = fragments.flatMap((fragment) => fragment.filterRules);
  return {
    document: {
      tables: [
        {
          name: 'nat',
          chains: natChains,
          rules: natRules(base, filled),
        },
        {
          name: 'filter',
          chains: filterChains,
          rules: filterRules(base, filled, drops),
        },
      ],
    },
    ipsets: createSets(base.family, entries),
    virtualServers: lastOfEachAddress(fragments),
    addresses,
  };
}

type EntriesBySet = ReadonlyMap<SetKey, ReadonlyMap<string, SetEntry>>;

/** The entries by their text: where two service ports want the same one, the first stands for both. */
function entriesBySet(fragments: readonly Fragment[], addresses: readonly string[]): EntriesBySet {
  const sets = new Map(setKeys.map((key) => [key, new Map<string, SetEntry>()]));
  const add = (set: SetKey, { entry, origin }: SetEntry): void => {
    const text = printEntry(entry);
    const entries = sets.get(set);
    if (entries && !entries.has(text)) entries.set(text, { entry, origin });
  };
  for (const { entries } of fragments) for (const entry of entries) add(entry.set, entry);
  for (const ip of addresses) {
    add('KUBE-IPVS-IPS', {
      entry: { kind: 'hash:ip', ip },
      origin: { reason: 'address of kube-ipvs0' },
    });
  }
  return sets;
}

function createSets(family: Family, entries: EntriesBySet): IPSet[] {
  const sets = setKeys.map((key): IPSet => {
    const { type } = setDefinitions[key];
    const byText = [...(entries.get(key) ?? [])].sort(([a], [b]) => compareText(a, b));
    return {
      name: familySetName(key, family),
      type,
      options: type === 'bitmap:port' ? { range: '0-65535' } : hashOptions(family),
      entries: byText.map(([, entry]) => entry),
    };
  });
  return sets.sort(compareNames);
}

/** The most entries that kube-proxy's sets take; it makes them so, whatever the size of the cluster. */
export const mostEntries = 65_536;

function hashOptions(family: Family): SetOptions {
  return { family: family === 'IPv4' ? 'inet' : 'inet6', hashsize: 1024, maxelem: mostEntries };
}

/** Of service ports that want the same virtual server the last one has it whole: each write replaces it. */
function lastOfEachAddress(fragments: readonly Fragment[]): VirtualServer[] {
  const byKey = new Map<string, VirtualServer>();
  for (const { virtualServers } of fragments) {
    for (const server of virtualServers)
      byKey.set(`${server.address}/${server.protocol.toUpperCase()}`, server);
  }
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, server]) => server);
}
