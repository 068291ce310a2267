import { behaviourOf } from '../../service/behaviour.ts';
import { defaultRelease } from '../../service/release.ts';
import { resolveFamily, type ResolvedFamily } from '../../service/resolve-family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

/** A service port whose protocol the proxy can copy. */
export type CopiedServicePort = ServicePort & { readonly protocol: 'tcp' | 'udp' };

/** One family as this mode sees it. */
export interface UserspaceView {
  /** As all modes see it. */
  readonly everything: ResolvedFamily;
  /** Without SCTP, and with the ready endpoints, wherever they are, for all traffic. */
  readonly resolved: ResolvedFamily;
}

/** The mode was gone before the releases that are known: each has the same rules. */
export function resolveUserspace(snapshot: Snapshot, family: Family): UserspaceView {
  const behaviour = behaviourOf(defaultRelease, snapshot.config.featureGates);
  const everything = resolveFamily(snapshot, family, behaviour);
  const servicePorts = everything.servicePorts
    .filter(({ servicePort }) => isCopied(servicePort))
    .map((resolved) => {
      const ready = resolved.allEndpoints.filter((endpoint) => endpoint.ready);
      const endpoints = { cluster: ready, local: [], reachable: ready, hasAny: ready.length > 0 };
      return { ...resolved, endpoints };
    });
  return { everything, resolved: { ...everything, servicePorts } };
}

export function isCopied(servicePort: ServicePort): servicePort is CopiedServicePort {
  return servicePort.protocol !== 'sctp';
}
