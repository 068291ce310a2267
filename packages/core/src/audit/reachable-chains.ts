import type { NodeRules, Section } from '../diff/node-rules.ts';
import { chainsNamed, isOwnChain } from './ownership.ts';

/** The chains that some packet may meet: a hook leads to them, by way of rules and the elements of maps. By section. */
export function reachableChains(rules: NodeRules): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(rules.map((section) => [section.name, reachableIn(section)]));
}

function reachableIn({ kind, chains, groups }: Section): ReadonlySet<string> {
  const rulesOf = new Map(chains.map(({ name, rules }) => [name, rules]));
  const entriesOf = new Map(groups.map(({ name, entries }) => [name, entries]));
  const isHooked = ({ name, declaration }: (typeof chains)[number]): boolean =>
    kind === 'nftables' ? declaration !== '' && /\bhook\b/.test(declaration) : !isOwnChain(name);
  const reached = new Set(chains.filter(isHooked).map(({ name }) => name));
  const looked = new Set<string>();
  // A set yields what is added while it is walked.
  for (const chain of reached) {
    for (const { text } of rulesOf.get(chain) ?? []) {
      for (const next of chainsNamed(text)) reached.add(next);
      if (kind !== 'nftables') continue;
      for (const [, map = ''] of text.matchAll(/@([^\s,}]+)/g)) {
        if (looked.has(map)) continue;
        looked.add(map);
        for (const entry of entriesOf.get(map) ?? [])
          for (const next of chainsNamed(entry.text)) reached.add(next);
      }
    }
  }
  return reached;
}
