import type { ObjectName, Verdict } from '../../ruleset/nftables/index.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { SelectedEndpoints } from '../../service/select-endpoints.ts';
import {
  isExternallyAccessible,
  usesClusterEndpoints,
  usesLocalEndpoints,
  type ServicePort,
} from '../../service/service-port.ts';
import { servicePortObject } from '../names/nftables-names.ts';
import { chains } from './objects.ts';

/** Where the traffic of one service port goes: what its chains and elements are made from. */
export interface Routing {
  readonly servicePort: ServicePort;
  readonly endpoints: SelectedEndpoints;
  readonly clusterChain: ObjectName;
  readonly localChain: ObjectName;
  readonly externalChain: ObjectName;
  readonly firewallChain: ObjectName;
  readonly usesClusterChain: boolean;
  readonly usesLocalChain: boolean;
  readonly usesExternalChain: boolean;
  readonly usesFirewallChain: boolean;
  /** Where traffic to the cluster IP goes. */
  readonly internalChain: ObjectName;
  /** Where traffic from outside goes once it may. */
  readonly externalPolicyChain: ObjectName;
  /** How traffic to the cluster IP is turned away; `undefined` if endpoints take it. */
  readonly internalRefusal: Verdict | undefined;
  /** The same for traffic to all other addresses. */
  readonly externalRefusal: Verdict | undefined;
}

export function routeServicePort({ servicePort, endpoints }: ResolvedServicePort): Routing {
  const { internalPolicyLocal, externalPolicyLocal, loadBalancerVIPs, loadBalancerSourceRanges } =
    servicePort;
  const { cluster, local, hasAny } = endpoints;
  const clusterChain = servicePortObject('service', servicePort);
  const localChain = servicePortObject('local', servicePort);
  const refuse = (isLocal: boolean): Verdict | undefined => {
    if (!hasAny) return { kind: 'goto', chain: chains.reject };
    return isLocal && local.length === 0 ? { kind: 'drop' } : undefined;
  };
  return {
    servicePort,
    endpoints,
    clusterChain,
    localChain,
    externalChain: servicePortObject('external', servicePort),
    firewallChain: servicePortObject('firewall', servicePort),
    usesClusterChain: cluster.length > 0 && usesClusterEndpoints(servicePort),
    usesLocalChain: local.length > 0 && usesLocalEndpoints(servicePort),
    usesExternalChain: hasAny && isExternallyAccessible(servicePort),
    // Source ranges hold whether or not there are endpoints, unlike in iptables mode.
    usesFirewallChain: loadBalancerVIPs.length > 0 && loadBalancerSourceRanges.length > 0,
    internalChain: internalPolicyLocal ? localChain : clusterChain,
    externalPolicyChain: externalPolicyLocal ? localChain : clusterChain,
    internalRefusal: refuse(internalPolicyLocal),
    externalRefusal: refuse(externalPolicyLocal),
  };
}
