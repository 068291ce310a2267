import type { ChainName, Match, Rule } from '../../ruleset/iptables/index.ts';
import type { Endpoint } from '../../service/endpoint.ts';
import { endpointChain } from '../names/chain-names.ts';
import { toMarkMasquerade } from '../shared/masquerade-rules.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch, protocolMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** The name of an endpoint's chain; each is hashed once. */
export type EndpointChains = (endpoint: Endpoint) => ChainName;

/** The chain of each reachable endpoint: hairpin traffic is masqueraded, then all is sent there. */
export function endpointChainRules(
  routing: Routing,
  context: IptablesContext,
  endpointChains: EndpointChains,
): Partial<Fragment> {
  const { servicePort, endpoints } = routing;
  const protocol = protocolMatch(servicePort);
  const comment = context.isLargeCluster ? [] : [commentMatch(servicePort.name)];
  const allTraffic = [...comment, protocol];
  const hasAffinity = servicePort.affinitySeconds !== undefined;
  const natRules: Rule[] = [];
  for (const endpoint of endpoints.reachable) {
    const chain = endpointChains(endpoint);
    const source: Match = { kind: 'source', address: endpoint.ip };
    natRules.push(
      {
        chain,
        matches: context.isLargeCluster ? [source] : [...comment, source],
        target: toMarkMasquerade,
        origin: originOf(servicePort, 'hairpin', endpoint),
      },
      {
        chain,
        matches: hasAffinity
          ? [...comment, { kind: 'recentSet', name: chain }, protocol]
          : allTraffic,
        target: { kind: 'DNAT', destination: endpoint.address },
        origin: originOf(servicePort, 'endpoint', endpoint),
      },
    );
  }
  return { natChains: endpoints.reachable.map(endpointChains), natRules };
}

export function nameEndpointChains(servicePort: Routing['servicePort']): EndpointChains {
  const names = new Map<Endpoint, ChainName>();
  return (endpoint) => {
    const known = names.get(endpoint);
    if (known !== undefined) return known;
    const name = endpointChain(servicePort, endpoint.address);
    names.set(endpoint, name);
    return name;
  };
}
