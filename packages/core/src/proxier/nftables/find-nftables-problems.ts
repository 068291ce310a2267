import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts';
import type { Diagnostic, ObjectRef } from '../../diagnostics/diagnostic.ts';
import { containsIP, parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { findEmptyNodePortAddresses } from '../../service/find-empty-node-port-addresses.ts';
import type { ResolvedFamily, ResolvedServicePort } from '../../service/resolve-family.ts';
import { isExternallyAccessible, type ServicePort } from '../../service/service-port.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Layout } from './ruleset.ts';

/** What a user of nftables mode should know before the rules reach a node: where they differ from iptables mode. */
export function findNftablesProblems(
  { config }: Snapshot,
  resolved: readonly ResolvedFamily[],
  layout: Layout,
): Diagnostic[] {
  const servicePorts = resolved.flatMap((family) => family.servicePorts);
  const hasNodePorts = servicePorts.some(({ servicePort }) => servicePort.nodePort !== 0);
  return [
    reportDifferences(),
    ...(hasNodePorts ? [reportLoopback()] : []),
    ...(hasNodePorts && config.nodePortAddresses.length === 0 ? [reportPrimary()] : []),
    ...findEmptyNodePortAddresses(resolved),
    ...onceForService(resolved.flatMap(remoteHairpins), reportHairpin),
    ...onceForService(servicePorts.filter(dropsForRanges), reportRangeDrop),
    ...(layout === 'fast'
      ? onceForService(servicePorts.filter(hasSplitAffinity), reportSplitAffinity)
      : []),
  ];
}

function configuration(path: string): ObjectRef {
  return { kind: 'KubeProxyConfiguration', path };
}

function serviceRef({ namespace, serviceName: name }: ServicePort, path: string): ObjectRef {
  return { kind: 'Service', namespace, name, path };
}

function onceForService(
  concerned: readonly ResolvedServicePort[],
  report: (servicePort: ServicePort) => Diagnostic,
): Diagnostic[] {
  const first = new Map<string, ServicePort>();
  for (const { servicePort } of concerned) {
    const service = `${servicePort.namespace}/${servicePort.serviceName}`;
    if (!first.has(service)) first.set(service, servicePort);
  }
  return [...first.values()].map(report);
}

function reportDifferences(): Diagnostic {
  return createDiagnostic('NFTABLES_DIFFERS', {
    message:
      'Unlike mode iptables, this mode refuses ports that no Service has on cluster IPs, and Services without endpoints from the node itself, at once; and it accepts nothing that a FORWARD or INPUT policy of DROP would drop.',
    objects: [configuration('mode')],
  });
}

function reportLoopback(): Diagnostic {
  return createDiagnostic('NODE_PORT_LOOPBACK', {
    message:
      'Node ports do not answer on 127.0.0.1 and ::1 in mode nftables, whatever nodePortAddresses and localhostNodePorts say.',
    objects: [configuration('nodePortAddresses')],
  });
}

function reportPrimary(): Diagnostic {
  return createDiagnostic('NODE_PORT_PRIMARY', {
    message:
      "nodePortAddresses is unset: in mode nftables node ports answer only on the node's own address of each family, in the other modes on every address.",
    objects: [configuration('nodePortAddresses')],
  });
}

/** A pod of another node that counts as local keeps its address when it is sent back to itself; only endpoints of this node are masqueraded then. */
function remoteHairpins({ detector, servicePorts }: ResolvedFamily): ResolvedServicePort[] {
  const local = detector?.kind === 'cidr' ? parseCIDR(detector.cidr) : undefined;
  if (!local) return [];
  return servicePorts.filter(
    ({ servicePort, endpoints }) =>
      servicePort.externalPolicyLocal &&
      isExternallyAccessible(servicePort) &&
      endpoints.cluster.some(({ isLocal, ip }) => {
        const bytes = parseIP(ip);
        return !isLocal && bytes !== undefined && containsIP(local, bytes);
      }),
  );
}

function reportHairpin(servicePort: ServicePort): Diagnostic {
  return createDiagnostic('HAIRPIN_REMOTE', {
    message:
      'A pod of another node that calls this Service by way of this node (its node port, external or load balancer IP) and is given itself gets no answer in mode nftables.',
    objects: [serviceRef(servicePort, 'spec.externalTrafficPolicy')],
  });
}

function dropsForRanges({ servicePort, endpoints }: ResolvedServicePort): boolean {
  const { loadBalancerVIPs, loadBalancerSourceRanges } = servicePort;
  return !endpoints.hasAny && loadBalancerVIPs.length > 0 && loadBalancerSourceRanges.length > 0;
}

function reportRangeDrop(servicePort: ServicePort): Diagnostic {
  return createDiagnostic('SOURCE_RANGE_DROPS', {
    message:
      'The Service has no endpoints: clients outside its source ranges are dropped in mode nftables, and refused at once in mode iptables.',
    objects: [serviceRef(servicePort, 'spec.loadBalancerSourceRanges')],
  });
}

function hasSplitAffinity({ servicePort }: ResolvedServicePort): boolean {
  return servicePort.affinitySeconds !== undefined && isExternallyAccessible(servicePort);
}

function reportSplitAffinity(servicePort: ServicePort): Diagnostic {
  return createDiagnostic('AFFINITY_PER_ADDRESS', {
    message:
      'In the fast layout a client is bound to an endpoint for each address of the Service on its own: by the cluster IP it may reach another one than by a node port.',
    objects: [serviceRef(servicePort, 'spec.sessionAffinity')],
  });
}
