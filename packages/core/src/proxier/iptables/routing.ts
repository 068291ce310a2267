import type { ChainName } from '../../ruleset/iptables/index.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { SelectedEndpoints } from '../../service/select-endpoints.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { trafficOf, type RefusalReason } from '../../service/traffic.ts';
import { servicePortChains, type ServicePortChains } from '../names/chain-names.ts';

/** Where the traffic of one service port goes: what all its rules are made from. */
export interface Routing {
  readonly servicePort: ServicePort;
  readonly endpoints: SelectedEndpoints;
  readonly chains: ServicePortChains;
  readonly usesClusterChain: boolean;
  readonly usesLocalChain: boolean;
  readonly usesExternalChain: boolean;
  readonly usesFirewallChain: boolean;
  /** Where the cluster IP's traffic goes. */
  readonly internalChain: ChainName;
  /** Where traffic from outside goes once it may. */
  readonly externalPolicyChain: ChainName;
  /** What becomes of traffic to the cluster IP; `undefined` if endpoints take it. */
  readonly internalRefusal: Refusal | undefined;
  /** The same for traffic to all other addresses. */
  readonly externalRefusal: Refusal | undefined;
}

/** How traffic without a usable endpoint is turned away: refused if there is no endpoint at all, dropped if others have one. */
export interface Refusal {
  readonly target: 'REJECT' | 'DROP';
  readonly comment: string;
}

export function routeServicePort(resolved: ResolvedServicePort): Routing {
  const { servicePort, endpoints } = resolved;
  const { loadBalancerVIPs, loadBalancerSourceRanges } = servicePort;
  const traffic = trafficOf(resolved);
  const chains = servicePortChains(servicePort);
  const isRestricted = loadBalancerVIPs.length > 0 && loadBalancerSourceRanges.length > 0;
  return {
    servicePort,
    endpoints,
    chains,
    usesClusterChain: traffic.usesCluster,
    usesLocalChain: traffic.usesLocal,
    usesExternalChain: traffic.usesExternal,
    usesFirewallChain: endpoints.hasAny && isRestricted,
    internalChain: servicePort.internalPolicyLocal ? chains.local : chains.cluster,
    externalPolicyChain: servicePort.externalPolicyLocal ? chains.local : chains.cluster,
    internalRefusal: refusalOf(servicePort, traffic.internalRefusal),
    externalRefusal: refusalOf(servicePort, traffic.externalRefusal),
  };
}

function refusalOf({ name }: ServicePort, reason: RefusalReason | undefined): Refusal | undefined {
  if (reason === undefined) return undefined;
  return {
    target: reason === 'no endpoints' ? 'REJECT' : 'DROP',
    comment: `${name} has ${reason}`,
  };
}
