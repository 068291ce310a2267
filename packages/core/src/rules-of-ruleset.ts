import type { Ruleset } from './compile.ts';
import {
  addressSection,
  ipsetSection,
  iptablesSections,
  ipvsSection,
  listenerSection,
  nftablesSections,
} from './diff/sections.ts';
import type { NodeRules, Section } from './diff/node-rules.ts';
import { mergeSections } from './dump/read-dumps.ts';
import type { IptablesFamily } from './proxier/iptables/ruleset.ts';
import type { IpvsFamily } from './proxier/ipvs/ruleset.ts';
import type { UserspaceFamily } from './proxier/userspace/ruleset.ts';
import { normalizeCompiledIPSets } from './ruleset/ipset/index.ts';
import { normalizeCompiled } from './ruleset/iptables/index.ts';
import { normalizeCompiledVirtualServers } from './ruleset/ipvs/index.ts';
import { normalizeCompiled as normalizeNftables } from './ruleset/nftables/index.ts';
import { compareNames } from './util/compare-names.ts';

/** Compiled rules as a node has them once they are loaded: what `diffRuleset` compares. */
export function rulesOfRuleset(ruleset: Ruleset): NodeRules {
  const sections = sectionsOf(ruleset).filter(
    ({ chains, groups }) => chains.length + groups.length > 0,
  );
  return mergeSections(sections).sort(compareNames);
}

function sectionsOf(ruleset: Ruleset): Section[] {
  switch (ruleset.mode) {
    case 'iptables':
      return [ruleset.ipv4, ruleset.ipv6].flatMap(iptablesFamily);
    case 'ipvs':
      return [ruleset.ipv4, ruleset.ipv6].flatMap(ipvsFamily);
    case 'userspace':
      return [ruleset.ipv4, ruleset.ipv6].flatMap(userspaceFamily);
    case 'nftables':
      return nftablesSections(
        [ruleset.ipv4, ruleset.ipv6].map(({ table }) => normalizeNftables(table)),
      );
  }
}

function iptablesFamily({
  document,
  jumps,
  family,
}: Pick<IptablesFamily, 'document' | 'jumps' | 'family'>): Section[] {
  return iptablesSections(normalizeCompiled(document, jumps, family));
}

function userspaceFamily(rules: UserspaceFamily): Section[] {
  return [...iptablesFamily(rules), listenerSection(rules.family, rules.listeners)];
}

function ipvsFamily(rules: IpvsFamily): Section[] {
  return [
    ...iptablesFamily(rules),
    ipsetSection(normalizeCompiledIPSets(rules.ipsets)),
    ipvsSection(normalizeCompiledVirtualServers(rules.virtualServers)),
    addressSection('kube-ipvs0', rules.addresses, { origin: { reason: 'service address' } }),
  ];
}
