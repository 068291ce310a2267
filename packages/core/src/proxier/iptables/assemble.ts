import type { ChainName, Document, Rule } from '../../ruleset/iptables/index.ts';
import { filterHead, filterTail, natHead, natTail, type IptablesBase } from './base.ts';
import { chains } from './chains.ts';
import type { Fragment } from './fragment.ts';

/** Puts the fragments, in their canonical order, between the rules that every node has. */
export function assemble(base: IptablesBase, fragments: readonly Fragment[]): Document {
  const filterRules: Rule[] = filterHead(base);
  const natRules: Rule[] = natHead(base);
  const natChains: ChainName[] = [
    chains.services,
    chains.nodePorts,
    chains.postrouting,
    chains.markMasquerade,
  ];
  for (const fragment of fragments) {
    for (const rule of fragment.filterRules) filterRules.push(rule);
    for (const chain of fragment.natChains) natChains.push(chain);
    for (const rule of fragment.natRules) natRules.push(rule);
  }
  filterRules.push(...filterTail(base));
  natRules.push(...natTail(base));
  return {
    tables: [
      { name: 'filter', chains: filterChains(base), rules: filterRules },
      { name: 'nat', chains: natChains, rules: natRules },
    ],
  };
}

function filterChains({ localhostNodePorts }: IptablesBase): ChainName[] {
  const { services, externalServices, forward, nodePorts, proxyFirewall, firewall } = chains;
  return [
    services,
    externalServices,
    forward,
    nodePorts,
    proxyFirewall,
    ...(localhostNodePorts ? [firewall] : []),
  ];
}
