import type { ObjectName, Verdict } from '../../../ruleset/nftables/index.ts';
import type { ResolvedServicePort } from '../../../service/resolve-family.ts';
import type { SelectedEndpoints } from '../../../service/select-endpoints.ts';
import type { ServicePort } from '../../../service/service-port.ts';
import { trafficOf } from '../../../service/traffic.ts';
import { servicePortObject } from '../../names/nftables-names.ts';
import { refusalVerdict } from '../shared/refusal-verdict.ts';

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

export function routeServicePort(resolved: ResolvedServicePort): Routing {
  const { servicePort, endpoints } = resolved;
  const { loadBalancerVIPs, loadBalancerSourceRanges } = servicePort;
  const traffic = trafficOf(resolved);
  const clusterChain = servicePortObject('service', servicePort);
  const localChain = servicePortObject('local', servicePort);
  return {
    servicePort,
    endpoints,
    clusterChain,
    localChain,
    externalChain: servicePortObject('external', servicePort),
    firewallChain: servicePortObject('firewall', servicePort),
    usesClusterChain: traffic.usesCluster,
    usesLocalChain: traffic.usesLocal,
    usesExternalChain: traffic.usesExternal,
    // Source ranges hold whether or not there are endpoints, unlike in iptables mode.
    usesFirewallChain: loadBalancerVIPs.length > 0 && loadBalancerSourceRanges.length > 0,
    internalChain: servicePort.internalPolicyLocal ? localChain : clusterChain,
    externalPolicyChain: servicePort.externalPolicyLocal ? localChain : clusterChain,
    internalRefusal: refusalVerdict(traffic.internalRefusal),
    externalRefusal: refusalVerdict(traffic.externalRefusal),
  };
}
