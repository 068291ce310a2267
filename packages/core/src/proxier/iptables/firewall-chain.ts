import type { Rule } from '../../ruleset/iptables/index.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch } from '../shared/matches.ts';
import { sourceRangesInclude } from '../../service/source-ranges.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** The chain of load-balancer traffic that may only come from some sources; what passes no rule is dropped in filter. */
export function firewallChainRules(
  routing: Routing,
  { nodeIP }: IptablesContext,
): Partial<Fragment> {
  const { servicePort, usesFirewallChain } = routing;
  if (!usesFirewallChain) return {};
  const { firewall, external } = routing.chains;
  const { name, loadBalancerSourceRanges, loadBalancerVIPs } = servicePort;
  const origin = originOf(servicePort, 'load balancer source ranges');
  const allow = (address: string): Rule => ({
    chain: firewall,
    matches: [commentMatch(`${name} loadbalancer IP`), { kind: 'source', address }],
    target: { kind: 'jump', chain: external },
    origin,
  });
  const includesNode = sourceRangesInclude(servicePort, nodeIP);
  return {
    natChains: [firewall],
    natRules: [
      ...loadBalancerSourceRanges.map(allow),
      // The node's own traffic to a VIP may bear the VIP as its source.
      ...(includesNode ? loadBalancerVIPs.map(allow) : []),
      {
        chain: firewall,
        matches: [commentMatch(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`)],
        origin,
      },
    ],
  };
}
