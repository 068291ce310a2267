import { containsIP, parseCIDR } from './netaddr/cidr.ts';
import type { Family } from './netaddr/family.ts';
import { familyOfIP, parseIP } from './netaddr/ip.ts';
import { nodeOf } from './service/node-of.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { TraceEnvironment, TraceInterface, TraceRoute } from './trace/walk/environment.ts';

/**
 * What a snapshot tells of its node's surroundings: the interfaces of the NodeState, the node's own
 * address, its settings, and the ways to the pods of other nodes as far as both nodes' addresses tell.
 */
export function traceEnvironmentOf(snapshot: Snapshot): TraceEnvironment {
  const { nodeState } = snapshot;
  const own = nodeOf(snapshot)?.status?.addresses ?? [];
  const interfaces = nodeState.interfaces ?? [withoutName(own)];
  const internal = own.filter(({ type }) => type === 'InternalIP');
  const firstOf = (family: Family): string | undefined =>
    internal.find(({ address }) => familyOfIP(address) === family)?.address;
  const [IPv4, IPv6] = [firstOf('IPv4'), firstOf('IPv6')];
  return {
    interfaces,
    routes: podRoutes(snapshot, interfaces),
    nodeIPs: { ...(IPv4 !== undefined && { IPv4 }), ...(IPv6 !== undefined && { IPv6 }) },
    sysctls: numbersOf(nodeState.sysctls ?? {}),
  };
}

/** None of those that a packet asks for is a range. */
function numbersOf(sysctls: Readonly<Record<string, number | string>>): Record<string, number> {
  const numbers = Object.entries(sysctls).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(numbers);
}

/** The Node's addresses, of which it is not known what interfaces have them. */
function withoutName(addresses: readonly { readonly address: string }[]): TraceInterface {
  const ips = addresses.flatMap(({ address }) => {
    const family = familyOfIP(address);
    return family ? [`${address}/${family === 'IPv4' ? 32 : 128}`] : [];
  });
  return { name: '', addresses: ips };
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
