import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import { clusterIPParts, hairpinParts } from './cluster-ip.ts';
import type { IpvsContext } from './context.ts';
import { externalIPParts } from './external-ip.ts';
import type { Fragment } from './fragment.ts';
import { loadBalancerParts } from './load-balancer.ts';
import { nodePortParts } from './node-port.ts';

/** Everything that one service port puts into the kernel in ipvs mode. */
export function compileServicePort(resolved: ResolvedServicePort, context: IpvsContext): Fragment {
  const parts: readonly Partial<Fragment>[] = [
    hairpinParts(resolved),
    clusterIPParts(resolved, context),
    externalIPParts(resolved, context),
    loadBalancerParts(resolved, context),
    nodePortParts(resolved, context),
  ];
  return {
    entries: parts.flatMap(({ entries }) => entries ?? []),
    virtualServers: parts.flatMap(({ virtualServers }) => virtualServers ?? []),
    addresses: parts.flatMap(({ addresses }) => addresses ?? []),
    filterRules: parts.flatMap(({ filterRules }) => filterRules ?? []),
  };
}
