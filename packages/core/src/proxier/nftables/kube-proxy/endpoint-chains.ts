import type {
  Chain,
  NamedSet,
  ObjectName,
  Rule,
  Statement,
} from '../../../ruleset/nftables/index.ts';
import type { Endpoint } from '../../../service/endpoint.ts';
import { endpointObject } from '../../names/nftables-names.ts';
import { originOf } from '../../shared/origin-of.ts';
import type { NftablesContext } from './context.ts';
import { familyWords, protocolMatch, sourceAddress, verdict } from '../shared/expressions.ts';
import type { Fragment } from './fragment.ts';
import type { Routing } from './routing.ts';

/** The chains that spread traffic over endpoints, for policy Cluster and policy Local. */
export function policyChains(routing: Routing, context: NftablesContext): Partial<Fragment> {
  const { endpoints, usesClusterChain, usesLocalChain, clusterChain, localChain } = routing;
  const spread = routing.servicePort.affinitySeconds === undefined ? directRules : affinityRules;
  return {
    chains: [
      ...(usesClusterChain
        ? [
            {
              name: clusterChain,
              rules: spread({ routing, context, chain: clusterChain, list: endpoints.cluster }),
            },
          ]
        : []),
      ...(usesLocalChain
        ? [
            {
              name: localChain,
              rules: spread({ routing, context, chain: localChain, list: endpoints.local }),
            },
          ]
        : []),
    ],
  };
}

interface Spread {
  readonly routing: Routing;
  readonly context: NftablesContext;
  readonly chain: ObjectName;
  readonly list: readonly Endpoint[];
}

/** Without affinity one rule picks the endpoint and rewrites the packet. */
function directRules({ routing: { servicePort }, context, chain, list }: Spread): Rule[] {
  const { protocol: family } = familyWords[context.family];
  const destinations = list.map(({ ip, port }) => ({ ip, port }));
  const statements: Statement[] = [
    protocolMatch(servicePort.protocol),
    { kind: 'randomDNAT', family, destinations },
  ];
  return [{ chain, statements, origin: originOf(servicePort, 'load balancing') }];
}

/** With affinity, first the endpoints that saw the client before, then any. */
function affinityRules({ routing: { servicePort }, context, chain, list }: Spread): Rule[] {
  const sticky = list.map((endpoint): Rule => {
    const seen: Statement = {
      kind: 'match',
      left: sourceAddress(context.family),
      right: { kind: 'set', name: endpointObject('affinity', servicePort, endpoint) },
    };
    const toEndpoint = verdict({
      kind: 'goto',
      chain: endpointObject('endpoint', servicePort, endpoint),
    });
    const origin = originOf(servicePort, 'session affinity', endpoint);
    return { chain, statements: [seen, toEndpoint], origin };
  });
  const verdicts = list.map(
    (endpoint) =>
      ({ kind: 'goto', chain: endpointObject('endpoint', servicePort, endpoint) }) as const,
  );
  const origin = originOf(servicePort, 'load balancing');
  return [...sticky, { chain, statements: [{ kind: 'randomVerdict', verdicts }], origin }];
}

/** With affinity, a chain and a set of clients for each endpoint; without it, none. */
export function endpointChains(
  { servicePort, endpoints }: Routing,
  { family }: NftablesContext,
): Partial<Fragment> {
  const { affinitySeconds: timeout, protocol } = servicePort;
  if (timeout === undefined) return {};
  const sets = endpoints.reachable.map((endpoint): NamedSet => ({
    name: endpointObject('affinity', servicePort, endpoint),
    type: [familyWords[family].address],
    flags: ['dynamic', 'timeout'],
    timeout,
    elements: [],
  }));
  const chains = endpoints.reachable.map((endpoint): Chain => {
    const chain = endpointObject('endpoint', servicePort, endpoint);
    const set = endpointObject('affinity', servicePort, endpoint);
    const remember: Statement = { kind: 'update', set, key: sourceAddress(family) };
    const rewrite: Statement = { kind: 'dnat', destination: endpoint.address };
    return {
      name: chain,
      rules: [
        {
          chain,
          statements: [remember],
          origin: originOf(servicePort, 'session affinity', endpoint),
        },
        {
          chain,
          statements: [protocolMatch(protocol), rewrite],
          origin: originOf(servicePort, 'endpoint', endpoint),
        },
      ],
    };
  });
  return { sets, chains };
}
