import type { Family } from '../../netaddr/family.ts';
import { familyOfIP, parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { interfaceAddresses } from '../../service/interface-addresses.ts';
import type { Release } from '../../service/release.ts';
import type { ResolvedFamily } from '../../service/resolve-family.ts';
import { summarize } from '../../service/summary.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { assemble } from './assemble.ts';
import { wildcards } from './claims.ts';
import type { ProxyPorts } from './choose-proxy-ports.ts';
import { compileServicePort } from './compile-service-port.ts';
import type { ProxiedServicePort, UserspaceContext } from './context.ts';
import { findUserspaceProblems } from './find-userspace-problems.ts';
import { grantClaims, type GrantedClaims } from './grant-claims.ts';
import { userspaceJumps } from './jumps.ts';
import { keyOf } from './key-of.ts';
import { portsOfNode } from './ports-of-node.ts';
import { isCopied, resolveUserspace } from './resolve-userspace.ts';
import type { UserspaceFamily, UserspaceRuleset } from './ruleset.ts';

export interface UserspaceOptions {
  readonly release: Release;
  /** The proxy ports that the node has, which stay. */
  readonly proxyPorts: ProxyPorts;
}

/** The rules of userspace mode, and what its proxy listens on, for both families. */
export function compileUserspace(
  snapshot: Snapshot,
  { release, proxyPorts }: UserspaceOptions,
): UserspaceRuleset {
  const views = {
    IPv4: resolveUserspace(snapshot, 'IPv4'),
    IPv6: resolveUserspace(snapshot, 'IPv6'),
  };
  const resolved = [views.IPv4.resolved, views.IPv6.resolved];
  const nodeAddresses = new Set(interfaceAddresses(snapshot).map(printIP));
  const chosen = portsOfNode(snapshot, resolved, { nodeAddresses, former: proxyPorts });
  const { ports, holders } = chosen;
  const compile = (family: Family): Compiled =>
    compileFamily(snapshot, views[family].resolved, { ports, holders, nodeAddresses });
  const [ipv4, ipv6] = [compile('IPv4'), compile('IPv6')];
  return {
    mode: 'userspace',
    release,
    nodeName: snapshot.nodeName,
    summary: summarize(resolved),
    ipv4: ipv4.rules,
    ipv6: ipv6.rules,
    diagnostics: findUserspaceProblems(snapshot, {
      views: [views.IPv4, views.IPv6],
      chosen,
      lost: [...ipv4.lost, ...ipv6.lost],
    }),
  };
}

interface Ports {
  /** By service port, as `keyOf` has it. */
  readonly ports: ReadonlyMap<string, number>;
  readonly holders: ReadonlyMap<number, string>;
  readonly nodeAddresses: ReadonlySet<string>;
}

interface Compiled extends Pick<GrantedClaims, 'lost'> {
  readonly rules: UserspaceFamily;
}

function compileFamily(
  snapshot: Snapshot,
  resolved: ResolvedFamily,
  { ports, holders, nodeAddresses }: Ports,
): Compiled {
  const served = resolved.servicePorts.filter(({ servicePort }) => ports.has(keyOf(servicePort)));
  const { servicePorts, lost } = grantClaims({
    servicePorts: served.map(({ servicePort }) => servicePort),
    nodeAddresses,
    holders,
  });
  const context = contextOf(snapshot, resolved, nodeAddresses);
  const fragments = served.flatMap(({ endpoints }, index) => {
    const servicePort = servicePorts[index];
    const proxyPort = servicePort && ports.get(keyOf(servicePort));
    if (!servicePort || !isCopied(servicePort) || proxyPort === undefined) return [];
    const proxied: ProxiedServicePort = { servicePort, endpoints: endpoints.reachable, proxyPort };
    return [compileServicePort(proxied, context)];
  });
  const { family } = resolved;
  return { rules: { family, jumps: userspaceJumps, ...assemble(fragments) }, lost };
}

function contextOf(
  { config: { bindAddress } }: Snapshot,
  { family, nodeIP }: ResolvedFamily,
  nodeAddresses: ReadonlySet<string>,
): UserspaceContext {
  const wildcard = wildcards[family];
  const bound = familyOfIP(bindAddress) === family ? parseIP(bindAddress) : undefined;
  const listenAddress = bound ? printIP(bound) : wildcard;
  const isWildcard = listenAddress === wildcard;
  const hostAddress = isWildcard ? printIP(nodeIP) : listenAddress;
  return { listenAddress, isWildcard, hostAddress, nodeAddresses };
}
