import type { ResolvedServicePort } from './resolve-family.ts';
import {
  isExternallyAccessible,
  usesClusterEndpoints,
  usesLocalEndpoints,
} from './service-port.ts';

/** Why traffic is turned away: no endpoint at all, or, under policy Local, none on this node. */
export type RefusalReason = 'no endpoints' | 'no local endpoints';

/** What becomes of a service port's traffic, in any mode. */
export interface Traffic {
  /** Some traffic is spread over the endpoints for policy Cluster. */
  readonly usesCluster: boolean;
  /** Some traffic is spread over the endpoints for policy Local. */
  readonly usesLocal: boolean;
  /** Traffic to other addresses than the cluster IP reaches endpoints. */
  readonly usesExternal: boolean;
  /** Why traffic to the cluster IP is turned away; `undefined` if endpoints take it. */
  readonly internalRefusal: RefusalReason | undefined;
  /** The same for traffic to all other addresses. */
  readonly externalRefusal: RefusalReason | undefined;
}

export function trafficOf({ servicePort, endpoints }: ResolvedServicePort): Traffic {
  const { internalPolicyLocal, externalPolicyLocal } = servicePort;
  const { cluster, local, hasAny } = endpoints;
  const refuse = (isLocal: boolean): RefusalReason | undefined => {
    if (!hasAny) return 'no endpoints';
    return isLocal && local.length === 0 ? 'no local endpoints' : undefined;
  };
  return {
    usesCluster: cluster.length > 0 && usesClusterEndpoints(servicePort),
    usesLocal: local.length > 0 && usesLocalEndpoints(servicePort),
    usesExternal: hasAny && isExternallyAccessible(servicePort),
    internalRefusal: refuse(internalPolicyLocal),
    externalRefusal: refuse(externalPolicyLocal),
  };
}
