import type { Flow } from '../ruleset/conntrack/index.ts';

/** A UDP service port, as far as flows to it are concerned. */
export interface UDPService {
  /** Cluster IP, external IPs, load-balancer VIPs. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** 0 if there is none. */
  readonly nodePort: number;
  /** The addresses of the endpoints that serve it; none in userspace mode. */
  readonly endpoints: readonly string[];
  /** Of userspace mode: flows to this port of the node are where they belong. */
  readonly proxyPort?: number;
}

/**
 * UDP flows to a Service that were sent to an endpoint that no longer serves it, or to none while it had
 * none: the kernel would send their packets there as long as they come. As kube-proxy since 1.32, and
 * also for Services that lost all endpoints.
 */
export function staleFlows(flows: readonly Flow[], services: readonly UDPService[]): Flow[] {
  const byAddress = new Map<string, UDPService>();
  const byNodePort = new Map<number, UDPService>();
  for (const service of services) {
    for (const address of service.addresses) byAddress.set(`${address} ${service.port}`, service);
    if (service.nodePort !== 0) byNodePort.set(service.nodePort, service);
  }
  return flows.filter(({ protocol, original, reply }) => {
    if (protocol !== 'udp') return false;
    const { destination, destinationPort } = original;
    const service =
      byAddress.get(`${destination} ${destinationPort}`) ?? byNodePort.get(destinationPort);
    if (service?.proxyPort !== undefined && service.proxyPort === reply.sourcePort) return false;
    return service !== undefined && !service.endpoints.includes(reply.source);
  });
}
