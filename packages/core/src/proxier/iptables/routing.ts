import type { ChainName } from '../../ruleset/iptables/index.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { SelectedEndpoints } from '../../service/select-endpoints.ts';
import {
  isExternallyAccessible,
  usesClusterEndpoints,
  usesLocalEndpoints,
  type ServicePort,
} from '../../service/service-port.ts';
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

export function routeServicePort({ servicePort, endpoints }: ResolvedServicePort): Routing {
  const { internalPolicyLocal, externalPolicyLocal, loadBalancerVIPs, loadBalancerSourceRanges } =
    servicePort;
  const { cluster, local, hasAny } = endpoints;
  const chains = servicePortChains(servicePort);
  const refuse = (isLocal: boolean): Refusal | undefined => {
    if (!hasAny) return { target: 'REJECT', comment: `${servicePort.name} has no endpoints` };
    if (!isLocal || local.length > 0) return undefined;
    return { target: 'DROP', comment: `${servicePort.name} has no local endpoints` };
  };
  return {
    servicePort,
    endpoints,
    chains,
    usesClusterChain: cluster.length > 0 && usesClusterEndpoints(servicePort),
    usesLocalChain: local.length > 0 && usesLocalEndpoints(servicePort),
    usesExternalChain: hasAny && isExternallyAccessible(servicePort),
    usesFirewallChain: hasAny && loadBalancerVIPs.length > 0 && loadBalancerSourceRanges.length > 0,
    internalChain: internalPolicyLocal ? chains.local : chains.cluster,
    externalPolicyChain: externalPolicyLocal ? chains.local : chains.cluster,
    internalRefusal: refuse(internalPolicyLocal),
    externalRefusal: refuse(externalPolicyLocal),
  };
}
