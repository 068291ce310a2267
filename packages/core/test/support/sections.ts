import type { EntryGroup, RuleChain, Section } from '../../src/index.ts';

/** Chains of a table, each with its rules without `-A CHAIN`. */
export type Chains = Readonly<Record<string, readonly string[]>>;

export function iptablesSection(name: string, chains: Chains): Section {
  const all = Object.entries(chains).map(([chain, rules]): RuleChain => ({
    name: chain,
    declaration: '',
    rules: rules.map((rule) => ({ text: `-A ${chain} ${rule}` })),
  }));
  return { kind: 'iptables', name: `iptables ${name}`, chains: all, groups: [] };
}

/** Groups of entries whose key is the first word of their text. */
export function groupSection(
  kind: 'ipset' | 'ipvs' | 'addresses',
  groups: Readonly<Record<string, readonly string[]>>,
  declaration = '',
): Section {
  const all = Object.entries(groups).map(([name, texts]): EntryGroup => ({
    name,
    declaration,
    entries: texts.map((text) => ({ key: text.split(' ', 1)[0] ?? '', text })),
  }));
  return {
    kind,
    name: kind === 'addresses' ? 'addresses kube-ipvs0' : kind,
    chains: [],
    groups: all,
  };
}
