import type { ChainName, Document } from '../../ruleset/iptables/index.ts';
import { filterHead, filterTail, natTail, type IptablesBase } from './base.ts';
import { forwardChain } from '../shared/forward-rules.ts';
import {
  markMasqueradeChain,
  masqueradeRules,
  postroutingChain,
} from '../shared/masquerade-rules.ts';
import { chains } from './chains.ts';
import { joinFragments, type Fragment } from './fragment.ts';

/** Puts the fragments, in their canonical order, between the rules that every node has. */
export function assemble(base: IptablesBase, fragments: readonly Fragment[]): Document {
  const fixedChains = [chains.services, chains.nodePorts, postroutingChain, markMasqueradeChain];
  const head: Fragment = {
    filterRules: filterHead(base),
    natChains: fixedChains,
    natRules: masqueradeRules(base),
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
  const { services, externalServices, nodePorts, proxyFirewall, firewall } = chains;
  return [
    services,
    externalServices,
    forwardChain,
    nodePorts,
    proxyFirewall,
    ...(localhostNodePorts ? [firewall] : []),
  ];
}
