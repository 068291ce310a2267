import { parseCIDR, printCIDR } from '../netaddr/cidr.ts';
import type { Family } from '../netaddr/family.ts';
import { familyOfBytes, familyOfIP, parseIP } from '../netaddr/ip.ts';
import { printIP } from '../netaddr/print-ip.ts';
import { protocolName } from '../netaddr/protocol.ts';
import type { Service } from '../snapshot/service.ts';
import type { Behaviour } from './behaviour.ts';
import { headlessLabel, proxyNameLabel } from './labels.ts';
import type { ServicePort } from './service-port.ts';

const defaultAffinitySeconds = 10_800;

/** The service ports of a Service in one family; none if the Service is not kube-proxy's in that family. */
export function resolveServicePorts(
  service: Service,
  family: Family,
  behaviour: Behaviour,
): ServicePort[] {
  const clusterIP = clusterIPOf(service, family);
  if (clusterIP === undefined || whyNotServed(service, behaviour) !== undefined) return [];
  const { namespace, name: serviceName } = service.metadata;
  const owner = `${namespace}/${serviceName}`;
  const shared = resolveShared(service, family, behaviour);
  const byKey = new Map<string, ServicePort>();
  for (const { name, protocol, port, nodePort } of service.spec.ports) {
    byKey.set(`${name}/${protocol}`, {
      namespace,
      serviceName,
      portName: name,
      name: name === '' ? owner : `${owner}:${name}`,
      protocol: protocolName(protocol),
      family,
      clusterIP,
      port,
      nodePort,
      ...shared,
    });
  }
  return [...byKey.values()];
}

/** Why kube-proxy does nothing for a Service. */
export type NotServedReason =
  | 'it is of type ExternalName'
  | 'it is headless'
  | 'it has no cluster IP'
  | 'its labels hide it';

/** `undefined` for a Service that kube-proxy serves, in the families of its cluster IPs. */
export function whyNotServed(service: Service, behaviour: Behaviour): NotServedReason | undefined {
  const { type, clusterIP } = service.spec;
  if (type === 'ExternalName') return 'it is of type ExternalName';
  if (clusterIP === 'None') return 'it is headless';
  if (clusterIP === '') return 'it has no cluster IP';
  return isHidden(service, behaviour) ? 'its labels hide it' : undefined;
}

function isHidden({ metadata: { labels = {} } }: Service, behaviour: Behaviour): boolean {
  if (Object.hasOwn(labels, proxyNameLabel)) return true;
  return behaviour.headlessLabelHidesService && Object.hasOwn(labels, headlessLabel);
}

function clusterIPOf({ spec }: Service, family: Family): string | undefined {
  const { clusterIP, clusterIPs = [], ipFamilies = [] } = spec;
  const index = ipFamilies.indexOf(family);
  const address = ipFamilies.length === 0 ? clusterIP : clusterIPs[index];
  return address !== undefined && familyOfIP(address) === family ? canonicalIP(address) : undefined;
}

/** What all ports of a Service have in common. */
type SharedFields = Pick<
  ServicePort,
  | 'externalIPs'
  | 'loadBalancerVIPs'
  | 'loadBalancerSourceRanges'
  | 'affinitySeconds'
  | 'internalPolicyLocal'
  | 'externalPolicyLocal'
  | 'healthCheckNodePort'
  | 'hintsAnnotated'
>;

function resolveShared(service: Service, family: Family, behaviour: Behaviour): SharedFields {
  const { spec } = service;
  const externalIPs = ofFamily(spec.externalIPs ?? [], family);
  const externalPolicyLocal = isExternalPolicyLocal(service);
  const hasHealthCheck = spec.type === 'LoadBalancer' && externalPolicyLocal;
  return {
    externalIPs,
    loadBalancerVIPs: loadBalancerVIPs(service, family, behaviour),
    loadBalancerSourceRanges: sourceRanges(service, family, behaviour),
    affinitySeconds:
      spec.sessionAffinity === 'ClientIP'
        ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? defaultAffinitySeconds)
        : undefined,
    internalPolicyLocal: spec.internalTrafficPolicy === 'Local',
    externalPolicyLocal,
    healthCheckNodePort: hasHealthCheck ? (spec.healthCheckNodePort ?? 0) : 0,
    hintsAnnotated: areHintsAnnotated(service),
  };
}

/** kube-proxy asks the whole Service, so external IPs of any family make a ClusterIP Service external. */
function isExternalPolicyLocal({ spec }: Service): boolean {
  if (spec.externalTrafficPolicy !== 'Local') return false;
  return spec.type !== 'ClusterIP' || (spec.externalIPs ?? []).length > 0;
}

function loadBalancerVIPs({ status }: Service, family: Family, behaviour: Behaviour): string[] {
  const ingress = status?.loadBalancer?.ingress ?? [];
  const vips = ingress.filter(({ ipMode = 'VIP' }) => ipMode === 'VIP' || !behaviour.ingressIPMode);
  return ofFamily(
    vips.map(({ ip = '' }) => ip),
    family,
  );
}

function sourceRanges({ spec }: Service, family: Family, behaviour: Behaviour): string[] {
  const ranges = (spec.loadBalancerSourceRanges ?? [])
    .map((range) => parseCIDR(range.trim()))
    .filter((cidr) => cidr !== undefined)
    .filter((cidr) => cidr.family === family);
  if (behaviour.zeroRangeAllowsAll && ranges.some(({ prefixLength }) => prefixLength === 0))
    return [];
  return ranges.map(printCIDR);
}

function ofFamily(addresses: readonly string[], family: Family): string[] {
  return addresses
    .map(parseIP)
    .filter((bytes) => bytes !== undefined)
    .filter((bytes) => familyOfBytes(bytes) === family)
    .map(printIP);
}

function canonicalIP(address: string): string | undefined {
  const bytes = parseIP(address);
  return bytes && printIP(bytes);
}

const hintsAnnotations = [
  'service.kubernetes.io/topology-aware-hints',
  'service.kubernetes.io/topology-mode',
];
const offValues = ['', 'disabled', 'Disabled'];

function areHintsAnnotated({ metadata: { annotations = {} } }: Service): boolean {
  const annotation = hintsAnnotations.find((name) => Object.hasOwn(annotations, name));
  return annotation !== undefined && !offValues.includes(annotations[annotation] ?? '');
}
