import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts';
import type { Diagnostic, ObjectRef } from '../../diagnostics/diagnostic.ts';
import { parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { findEmptyNodePortAddresses } from '../../service/find-empty-node-port-addresses.ts';
import type { Release } from '../../service/release.ts';
import type { ResolvedFamily } from '../../service/resolve-family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { mostEntries } from './assemble.ts';
import type { IpvsFamily } from './ruleset.ts';
import { schedulerProblem } from './scheduler.ts';

export interface IpvsCompilation {
  readonly resolved: readonly ResolvedFamily[];
  readonly families: readonly IpvsFamily[];
  readonly release: Release;
}

/** What a user of ipvs mode should know before the rules reach a node. */
export function findIpvsProblems(
  snapshot: Snapshot,
  { resolved, families, release }: IpvsCompilation,
): Diagnostic[] {
  const servicePorts = resolved
    .flatMap((family) => family.servicePorts)
    .map(({ servicePort }) => servicePort);
  return [
    reportDeprecation(),
    ...reportScheduler(snapshot),
    ...reportNodeAddresses(snapshot, servicePorts),
    ...reportZeroRanges(snapshot, release),
    ...findEmptyNodePortAddresses(resolved),
    ...families.flatMap(reportFullSets),
  ];
}

function reportDeprecation(): Diagnostic {
  const message =
    'Mode ipvs is deprecated since Kubernetes 1.35, off by default from 1.40 and gone in 1.43; nftables takes its place.';
  return createDiagnostic('IPVS_DEPRECATED', { message, objects: [configuration('mode')] });
}

function configuration(path: string): ObjectRef {
  return { kind: 'KubeProxyConfiguration', path };
}

function reportScheduler({ config }: Snapshot): Diagnostic[] {
  const message = schedulerProblem(config.ipvs.scheduler);
  const objects = [configuration('ipvs.scheduler')];
  return message === undefined ? [] : [createDiagnostic('IPVS_SCHEDULER', { message, objects })];
}

/** An address on kube-ipvs0 is local to the node: what a Node has there can no longer be reached from it. */
function reportNodeAddresses(
  { nodes }: Snapshot,
  servicePorts: readonly ServicePort[],
): Diagnostic[] {
  const owners = new Map<string, string>();
  for (const { metadata, status } of nodes) {
    for (const { address } of status?.addresses ?? []) {
      const ip = parseIP(address);
      if (ip) owners.set(printIP(ip), metadata.name);
    }
  }
  const reported = new Set<string>();
  return servicePorts.flatMap((servicePort) => {
    const { namespace, serviceName: name, externalIPs, loadBalancerVIPs } = servicePort;
    if (externalIPs.length === 0 && loadBalancerVIPs.length === 0) return [];
    return [...externalIPs, ...loadBalancerVIPs].flatMap((ip) => {
      const node = owners.get(ip);
      const key = `${namespace}/${name} ${ip}`;
      if (node === undefined || reported.has(key)) return [];
      reported.add(key);
      const isExternal = externalIPs.includes(ip);
      const message =
        `${ip} is an address of Node ${node}: on kube-ipvs0 it cuts nodes off from that Node; ` +
        `${isExternal ? 'use another external IP' : 'give the ingress ipMode: Proxy'}, or mode nftables.`;
      const path = isExternal ? 'spec.externalIPs' : 'status.loadBalancer.ingress';
      return [
        createDiagnostic('VIP_IS_NODE_ADDRESS', {
          message,
          objects: [{ kind: 'Service', namespace, name, path }],
        }),
      ];
    });
  });
}

function reportZeroRanges({ services }: Snapshot, release: Release): Diagnostic[] {
  return services.flatMap(({ metadata: { namespace, name }, spec }) =>
    (spec.loadBalancerSourceRanges ?? []).flatMap((range) => {
      if (parseCIDR(range.trim())?.prefixLength !== 0) return [];
      const effect =
        release === '1.30'
          ? "the kernel's sets refuse it, and kube-proxy 1.30 drops all traffic; here it stands as its two halves"
          : 'it lifts the restriction of its family';
      return [
        createDiagnostic('SOURCE_RANGE_ZERO', {
          message: `The source range ${quoteValue(range.trim())} takes in every address: ${effect}.`,
          objects: [{ kind: 'Service', namespace, name, path: 'spec.loadBalancerSourceRanges' }],
        }),
      ];
    }),
  );
}

function reportFullSets({ ipsets }: IpvsFamily): Diagnostic[] {
  return ipsets
    .filter(({ type, entries }) => type !== 'bitmap:port' && entries.length > mostEntries)
    .map(({ name, entries }) =>
      createDiagnostic('IPSET_FULL', {
        message: `The set ${name} would hold ${entries.length} entries, and takes ${mostEntries}: those past it are missing on the node.`,
      }),
    );
}
