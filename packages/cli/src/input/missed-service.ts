import type { Snapshot, TracedOutcome } from '@kube-rules/core';

/**
 * The Service whose address a packet was sent to without any rule that has it, `namespace/name`:
 * such a packet arrives nowhere. The port may be wrong, or the rules are not in its way.
 */
export function missedService(
  outcomes: readonly TracedOutcome[],
  address: string,
  snapshot: Snapshot | undefined,
): string | undefined {
  const isMissed = outcomes.some(({ verdict, to }) => verdict === 'accepted' && to === 'network');
  const service = isMissed
    ? snapshot?.services.find(({ spec, status }) =>
        [
          ...(spec.clusterIPs ?? []),
          spec.clusterIP,
          ...(spec.externalIPs ?? []),
          // What a load balancer of this kind takes is sent on to it.
          ...(status?.loadBalancer?.ingress ?? []).map(({ ip, ipMode }) =>
            ipMode === 'Proxy' ? undefined : ip,
          ),
        ].includes(address),
      )
    : undefined;
  return service && `${service.metadata.namespace}/${service.metadata.name}`;
}
