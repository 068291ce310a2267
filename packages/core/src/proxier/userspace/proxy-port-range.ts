import type { KubeProxyConfiguration } from '../../config/configuration.ts';
import { parsePortRange, type PortRange } from '../../config/port-range.ts';

/**
 * Where kube-proxy let the kernel choose, which no pure function can: below the node ports and below the
 * ports that Linux gives to clients.
 */
export const defaultProxyPorts: PortRange = { first: 10_000, last: 29_999 };

/** The ports from which proxy ports are chosen: `portRange`, or our own default where it is empty or `0-0`. */
export function proxyPortRange({ portRange }: KubeProxyConfiguration): PortRange {
  const range = parsePortRange(portRange);
  return range && range.last > 0
    ? { first: Math.max(range.first, 1), last: range.last }
    : defaultProxyPorts;
}

/** Ports of kubelet, kube-proxy, the scheduler and the controller managers, some of which every node has. */
const componentPorts = [10_248, 10_249, 10_250, 10_255, 10_256, 10_257, 10_258, 10_259];

/** Ports that are never chosen: those of the node's components, as they are usually and as kube-proxy's are configured. */
export function reservedPorts({
  healthzBindAddress,
  metricsBindAddress,
}: KubeProxyConfiguration): number[] {
  const configured = [healthzBindAddress, metricsBindAddress].map((address) =>
    Number(/:(\d+)$/.exec(address)?.[1] ?? 0),
  );
  return [...componentPorts, ...configured.filter((port) => port > 0)];
}
