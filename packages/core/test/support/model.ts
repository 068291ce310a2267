import { behaviourOf } from '../../src/service/behaviour.ts';
import type { Endpoint } from '../../src/service/endpoint.ts';
import type { Release } from '../../src/service/release.ts';
import { selectEndpoints } from '../../src/service/select-endpoints.ts';
import type { ResolvedServicePort } from '../../src/service/resolve-family.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { joinHostPort } from '../../src/netaddr/host-port.ts';
import type { IptablesContext } from '../../src/proxier/iptables/context.ts';
import { routeServicePort, type Routing } from '../../src/proxier/iptables/routing.ts';
import { printRule, type Rule } from '../../src/ruleset/iptables/index.ts';

/** The service port `ns1/svc1:p80` of the examples of the specification. */
export function servicePortOf(fields: Partial<ServicePort> = {}): ServicePort {
  return {
    namespace: 'ns1',
    serviceName: 'svc1',
    portName: 'p80',
    name: 'ns1/svc1:p80',
    protocol: 'tcp',
    family: 'IPv4',
    clusterIP: '172.30.0.41',
    port: 80,
    nodePort: 0,
    externalIPs: [],
    loadBalancerVIPs: [],
    loadBalancerSourceRanges: [],
    affinitySeconds: undefined,
    internalPolicyLocal: false,
    externalPolicyLocal: false,
    healthCheckNodePort: 0,
    hintsAnnotated: false,
    ...fields,
  };
}

/** A ready endpoint on another node, port 80. */
export function endpointOf(ip: string, fields: Partial<Endpoint> = {}): Endpoint {
  return {
    ip,
    port: 80,
    address: joinHostPort(ip, 80),
    nodeName: fields.isLocal ? 'node-a' : 'node-b',
    isLocal: false,
    ready: true,
    serving: true,
    terminating: false,
    zoneHints: [],
    nodeHints: [],
    ...fields,
  };
}

/** The endpoint of the examples of the specification. */
export const remote: Endpoint = endpointOf('10.180.0.1');
export const local: Endpoint = endpointOf('10.180.0.2', { isLocal: true });

export function resolvedOf(
  fields: Partial<ServicePort>,
  endpoints: readonly Endpoint[],
  release: Release = '1.36',
): ResolvedServicePort {
  const servicePort = servicePortOf(fields);
  const topology = { nodeName: 'node-a', zone: 'zone-1' };
  const behaviour = behaviourOf(release, {});
  return {
    servicePort,
    endpoints: selectEndpoints(servicePort, endpoints, { topology, behaviour }),
    allEndpoints: endpoints,
  };
}

export function routingOf(
  fields: Partial<ServicePort> = {},
  endpoints: readonly Endpoint[] = [remote],
): Routing {
  return routeServicePort(resolvedOf(fields, endpoints));
}

export function contextOf(fields: Partial<IptablesContext> = {}): IptablesContext {
  return {
    masqueradeAll: false,
    detector: { kind: 'cidr', cidr: '10.0.0.0/8' },
    isLargeCluster: false,
    nodeIP: [192, 0, 2, 11],
    countsLocalhostNodePorts: false,
    ...fields,
  };
}

export function printRules(rules: readonly Rule[] = []): string[] {
  return rules.map(printRule);
}

export function reasonsOf(rules: readonly Rule[] = []): string[] {
  return rules.map(({ origin }) => origin.reason);
}
