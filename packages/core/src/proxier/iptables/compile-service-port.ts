import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import { clusterIPRules } from './cluster-ip.ts';
import type { IptablesContext } from './context.ts';
import { endpointChainRules, nameEndpointChains } from './endpoint-chain.ts';
import { externalChainRules } from './external-chain.ts';
import { externalIPRules } from './external-ip.ts';
import { firewallChainRules } from './firewall-chain.ts';
import { joinFragments, type Fragment } from './fragment.ts';
import { loadBalancerRules } from './load-balancer.ts';
import { clusterIPMasqueradeRules } from './masquerade.ts';
import { healthCheckRules, nodePortRules } from './node-port.ts';
import { policyChainRules } from './policy-chain.ts';
import { routeServicePort } from './routing.ts';

/** Everything that one service port puts into the kernel, in the order in which kube-proxy writes it. */
export function compileServicePort(
  resolved: ResolvedServicePort,
  context: IptablesContext,
): Fragment {
  const routing = routeServicePort(resolved);
  const endpointChains = nameEndpointChains(resolved.servicePort);
  const parts: readonly Partial<Fragment>[] = [
    clusterIPRules(routing),
    externalIPRules(routing),
    loadBalancerRules(routing),
    nodePortRules(routing, context),
    healthCheckRules(routing),
    clusterIPMasqueradeRules(routing, context),
    externalChainRules(routing, context),
    firewallChainRules(routing, context),
    policyChainRules(routing, context, endpointChains),
    endpointChainRules(routing, context, endpointChains),
  ];
  return joinFragments(parts);
}
