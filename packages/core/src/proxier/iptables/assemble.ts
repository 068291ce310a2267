import type { ChainName, Document } from '../../ruleset/iptables/index.ts';
import { filterHead, filterTail, natHead, natTail, type IptablesBase } from './base.ts';
import { chains } from './chains.ts';
import { joinFragments, type Fragment } from './fragment.ts';

/** Puts the fragments, in their canonical order, between the rules that every node has. */
export function assemble(base: IptablesBase, fragments: readonly Fragment[]): Document {
  const fixedChains = [
    chains.services,
    chains.nodePorts,
    chains.postrouting,
    chains.markMasquerade,
  ];
  const head: Fragment = {
    filterRules: filterHead(base),
    natChains: fixedChains,
    natRules: natHead(base),
  };
  const tail: Fragment = { filterRules: filterTail(base), natChains: [], natRules: natTail(base) };
  const { filterRules, natChains, natRules } = joinFragments([head, ...fragments, tail]);
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
