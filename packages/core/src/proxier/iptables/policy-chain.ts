import type { ChainName, Match, Rule } from '../../ruleset/iptables/index.ts';
import type { Endpoint } from '../../service/endpoint.ts';
import type { EndpointChains } from './endpoint-chain.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

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
function spreadRules(spread: Spread): Rule[] {
  const { list, routing } = spread;
  const { affinitySeconds } = routing.servicePort;
  const affinity =
    affinitySeconds === undefined
      ? []
      : list.map((endpoint) => stickyRule(spread, endpoint, affinitySeconds));
  return [
    ...affinity,
    ...list.map((endpoint, index) => shareRule(spread, endpoint, list.length - index)),
  ];
}

function stickyRule(spread: Spread, endpoint: Endpoint, seconds: number): Rule {
  const { chain, endpointChains, routing } = spread;
  const name = endpointChains(endpoint);
  return {
    chain,
    matches: [...commentOf(spread, endpoint), { kind: 'recentCheck', name, seconds }],
    target: { kind: 'jump', chain: name },
    origin: originOf(routing.servicePort, 'session affinity', endpoint),
  };
}

function shareRule(spread: Spread, endpoint: Endpoint, oneIn: number): Rule {
  const { chain, endpointChains, routing } = spread;
  const comment = commentOf(spread, endpoint);
  return {
    chain,
    matches: oneIn > 1 ? [...comment, statisticMatch(oneIn)] : comment,
    target: { kind: 'jump', chain: endpointChains(endpoint) },
    origin: originOf(routing.servicePort, 'load balancing', endpoint),
  };
}

function commentOf({ context, routing }: Spread, endpoint: Endpoint): Match[] {
  return context.isLargeCluster
    ? []
    : [commentMatch(`${routing.servicePort.name} -> ${endpoint.address}`)];
}

const statisticMatches: Match[] = [];

function statisticMatch(oneIn: number): Match {
  return (statisticMatches[oneIn] ??= { kind: 'statistic', oneIn });
}
