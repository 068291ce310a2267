import type { ResolvedFamily } from './resolve-family.ts';

/** How much of the cluster a node's rules are about. */
export interface Summary {
  readonly services: number;
  /** Ports of Services, once for both families. */
  readonly servicePorts: number;
  /** Endpoints that some traffic of a service port may reach, counted for each service port and family. */
  readonly endpoints: number;
}

export function summarize(families: readonly ResolvedFamily[]): Summary {
  const services = new Set<string>();
  const servicePorts = new Set<string>();
  let endpointCount = 0;
  for (const { servicePort, endpoints } of families.flatMap((family) => family.servicePorts)) {
    services.add(`${servicePort.namespace}/${servicePort.serviceName}`);
    servicePorts.add(`${servicePort.name}/${servicePort.protocol}`);
    endpointCount += endpoints.reachable.length;
  }
  return { services: services.size, servicePorts: servicePorts.size, endpoints: endpointCount };
}
