import { containsIP, parseCIDR } from './netaddr/cidr.ts';
import { parseIP } from './netaddr/ip.ts';
import { isLoopback } from './netaddr/ip.ts';
import { printIP } from './netaddr/print-ip.ts';
import { nodeIPsOf } from './service/node-ip.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { TraceEnvironment, TraceInterface, TraceRoute } from './trace/environment.ts';

/**
 * What a snapshot tells of its node's surroundings: the interfaces of the NodeState, the node's own
 * address, its settings, and the ways to the pods of other nodes as far as both nodes' addresses tell.
 */
export function traceEnvironmentOf(snapshot: Snapshot): TraceEnvironment {
  const { nodeState } = snapshot;
  const interfaces = nodeState.interfaces ?? [];
  const { IPv4, IPv6 } = nodeIPsOf(snapshot);
  return {
    interfaces,
    routes: podRoutes(snapshot, interfaces),
    nodeIPs: {
      ...(!isLoopback(IPv4) && { IPv4: printIP(IPv4) }),
      ...(!isLoopback(IPv6) && { IPv6: printIP(IPv6) }),
    },
    sysctls: nodeState.sysctls ?? {},
  };
}

/** The pods of another node are reached by the interface that reaches that node. */
function podRoutes(
  { nodes, nodeName }: Snapshot,
  interfaces: readonly TraceInterface[],
): TraceRoute[] {
  const others = nodes.filter(({ metadata }) => metadata.name !== nodeName);
  return others.flatMap(({ spec, status }) => {
    const addresses = (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP');
    const toward = addresses
      .map(({ address }) => interfaceWith(address, interfaces))
      .find((name) => name !== undefined);
    const cidrs = spec?.podCIDRs ?? (spec?.podCIDR === undefined ? [] : [spec.podCIDR]);
    if (toward === undefined) return [];
    return cidrs.map((destination) => ({ destination, interface: toward }));
  });
}

function interfaceWith(address: string, interfaces: readonly TraceInterface[]): string | undefined {
  const ip = parseIP(address);
  const found = interfaces.find(({ addresses }) =>
    addresses.some((text) => {
      const cidr = parseCIDR(text);
      return ip !== undefined && cidr !== undefined && containsIP(cidr, ip);
    }),
  );
  return found?.name;
}
