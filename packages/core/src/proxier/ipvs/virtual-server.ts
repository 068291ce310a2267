import { joinHostPort } from '../../netaddr/host-port.ts';
import type { RealServer, VirtualServer } from '../../ruleset/ipvs/index.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import { originOf } from '../shared/origin-of.ts';
import type { IpvsContext } from './context.ts';

export interface VirtualServerParts {
  readonly ip: string;
  readonly port: number;
  /** Policy Local: only this node's endpoints, as long as there are some. */
  readonly isLocal: boolean;
  readonly reason: string;
}

/** The virtual server of one address of a service port. */
export function virtualServer(
  { servicePort, endpoints }: ResolvedServicePort,
  { scheduler }: IpvsContext,
  { ip, port, isLocal, reason }: VirtualServerParts,
): VirtualServer {
  const { cluster, local } = endpoints;
  const used = isLocal && local.length > 0 ? local : cluster;
  return {
    protocol: servicePort.protocol,
    address: joinHostPort(ip, port),
    scheduler,
    persistenceTimeout: servicePort.affinitySeconds,
    schedulerFlags: scheduler === 'mh' ? ['mh-port'] : [],
    realServers: used.map((endpoint): RealServer => ({
      address: endpoint.address,
      weight: 1,
      origin: originOf(servicePort, 'endpoint', endpoint),
    })),
    origin: originOf(servicePort, reason),
  };
}
