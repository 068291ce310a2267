import type { ChainName, Match, Origin, Rule } from '../../ruleset/iptables/index.ts';
import type { Endpoint } from '../../service/endpoint.ts';
import type { EndpointChains } from './endpoint-chain.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch } from './matches.ts';
import { originOf, type Routing } from './routing.ts';

/** The chains that spread traffic over endpoints, for policy Cluster and policy Local. */
export function policyChainRules(
  routing: Routing,
  context: IptablesContext,
  endpointChains: EndpointChains,
): Partial<Fragment> {
  const { endpoints, usesClusterChain, usesLocalChain, chains } = routing;
  const used: (readonly [ChainName, readonly Endpoint[]])[] = [];
  if (usesClusterChain) used.push([chains.cluster, endpoints.cluster]);
  if (usesLocalChain) used.push([chains.local, endpoints.local]);
  return {
    natChains: used.map(([chain]) => chain),
    natRules: used.flatMap(([chain, list]) =>
      spreadRules({ routing, context, endpointChains, chain, list }),
    ),
  };
}

interface Spread {
  readonly routing: Routing;
  readonly context: IptablesContext;
  readonly endpointChains: EndpointChains;
  readonly chain: ChainName;
  readonly list: readonly Endpoint[];
}

/** First the endpoints that saw the client before, then each endpoint with an equal share of what remains. */
function spreadRules({ routing, context, endpointChains, chain, list }: Spread): Rule[] {
  const { servicePort } = routing;
  const ruleTo = (endpoint: Endpoint, match: Match | undefined, origin: Origin): Rule => {
    const matches: Match[] = [];
    if (!context.isLargeCluster)
      matches.push(commentMatch(`${servicePort.name} -> ${endpoint.address}`));
    if (match) matches.push(match);
    return { chain, matches, target: { kind: 'jump', chain: endpointChains(endpoint) }, origin };
  };
  const sticky = (endpoint: Endpoint, seconds: number): Rule =>
    ruleTo(
      endpoint,
      { kind: 'recentCheck', name: endpointChains(endpoint), seconds },
      originOf(servicePort, 'session affinity', endpoint),
    );
  const share = (endpoint: Endpoint, index: number): Rule => {
    const oneIn = list.length - index;
    const match: Match | undefined = oneIn > 1 ? { kind: 'statistic', oneIn } : undefined;
    return ruleTo(endpoint, match, originOf(servicePort, 'load balancing', endpoint));
  };
  const { affinitySeconds } = servicePort;
  const affinity =
    affinitySeconds === undefined ? [] : list.map((endpoint) => sticky(endpoint, affinitySeconds));
  return [...affinity, ...list.map(share)];
}
