import type { Rule } from '../../ruleset/iptables/index.ts';
import { chains } from './chains.ts';
import type { Fragment } from './fragment.ts';
import { addressMatches, commentMatch } from '../shared/matches.ts';
import { externalRefusalRules } from './refusal.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** Sends traffic for each load-balancer address on, through the source ranges if there are some, and drops what they let fall. */
export function loadBalancerRules(routing: Routing): Partial<Fragment> {
  const { servicePort, endpoints, usesFirewallChain } = routing;
  const vips = servicePort.loadBalancerVIPs;
  const drops = usesFirewallChain ? vips.map((vip) => dropRule(routing, vip)) : [];
  const refusals = externalRefusalRules(
    routing,
    vips.map((vip) => addressMatches(servicePort, vip)),
  );
  return {
    natRules: endpoints.hasAny ? vips.map((vip) => vipRule(routing, vip)) : [],
    filterRules: [...drops, ...refusals],
  };
}

function vipRule(routing: Routing, vip: string): Rule {
  const { servicePort, usesFirewallChain } = routing;
  const { firewall, external } = routing.chains;
  return {
    chain: chains.services,
    matches: [
      commentMatch(`${servicePort.name} loadbalancer IP`),
      ...addressMatches(servicePort, vip),
    ],
    target: { kind: 'jump', chain: usesFirewallChain ? firewall : external },
    origin: originOf(servicePort, 'load balancer IP'),
  };
}

function dropRule({ servicePort, chains: { firewall } }: Routing, vip: string): Rule {
  const comment = `${servicePort.name} traffic not accepted by ${firewall}`;
  return {
    chain: chains.proxyFirewall,
    matches: [commentMatch(comment), ...addressMatches(servicePort, vip)],
    target: { kind: 'DROP' },
    origin: originOf(servicePort, 'load balancer source ranges'),
  };
}
