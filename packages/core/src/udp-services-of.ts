import type { Ruleset } from './compile.ts';
import type { UDPService } from './plan/stale-flows.ts';
import { servicePortsOf } from './service/service-ports-of.ts';
import type { ServicePort } from './service/service-port.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

/** Where the flows of UDP Services belong under a ruleset. */
export function udpServicesOf(snapshot: Snapshot, ruleset: Ruleset): UDPService[] {
  const proxyPorts = ruleset.mode === 'userspace' ? proxyPortsOf(ruleset) : undefined;
  return servicePortsOf(snapshot, ruleset.release)
    .filter(({ servicePort }) => servicePort.protocol === 'udp')
    .map(({ servicePort, endpoints }) => ({
      addresses: [
        servicePort.clusterIP,
        ...servicePort.externalIPs,
        ...servicePort.loadBalancerVIPs,
      ],
      port: servicePort.port,
      nodePort: servicePort.nodePort,
      ...(proxyPorts
        ? { endpoints: [], proxyPort: proxyPorts.get(keyOf(servicePort)) ?? 0 }
        : { endpoints: endpoints.reachable.map(({ ip }) => ip) }),
    }));
}

function proxyPortsOf({
  ipv4,
  ipv6,
}: Extract<Ruleset, { readonly mode: 'userspace' }>): ReadonlyMap<string, number> {
  return new Map(
    [ipv4, ipv6].flatMap(({ family, listeners }) =>
      listeners
        .filter(({ protocol }) => protocol === 'udp')
        .map(({ servicePort, port }) => [keyOf({ name: servicePort, family }), port] as const),
    ),
  );
}

function keyOf({ name, family }: Pick<ServicePort, 'name' | 'family'>): string {
  return `${name} ${family}`;
}
