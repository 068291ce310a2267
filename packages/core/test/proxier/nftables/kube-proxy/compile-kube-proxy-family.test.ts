import { expect, test } from 'vitest';
import type { NftablesBase } from '../../../../src/proxier/nftables/shared/base.ts';
import { compileKubeProxyFamily } from '../../../../src/proxier/nftables/kube-proxy/compile-kube-proxy-family.ts';
import { containers } from '../../../../src/proxier/nftables/shared/objects.ts';
import type { PlacedElement } from '../../../../src/proxier/nftables/shared/placed-element.ts';
import { printTable, type Table } from '../../../../src/ruleset/nftables/index.ts';
import type { ResolvedServicePort } from '../../../../src/service/resolve-family.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { endpointOf, local, remote, resolvedOf } from '../../../support/model.ts';
import { nftablesBaseOf, resolvedFamilyOf } from '../../../support/nftables.ts';

interface Options extends Partial<NftablesBase> {
  readonly nodeElements?: readonly PlacedElement[];
}

function compiled(
  servicePorts: readonly ResolvedServicePort[],
  { nodeElements = [], ...fields }: Options = {},
): Table {
  const base = nftablesBaseOf(fields);
  return compileKubeProxyFamily(base, resolvedFamilyOf(servicePorts), nodeElements);
}

function servicePort(fields: Partial<ServicePort>, endpoints = [remote]): ResolvedServicePort {
  return resolvedOf(fields, endpoints);
}

/** The lines of the table that begin so, without that. */
function linesOf(
  start: string,
  servicePorts: readonly ResolvedServicePort[],
  options: Options = {},
): string[] {
  const lines = printTable(compiled(servicePorts, options)).split('\n');
  const begin = `add ${start} ${options.family === 'IPv6' ? 'ip6' : 'ip'} kube-proxy `;
  return lines.filter((line) => line.startsWith(begin)).map((line) => line.slice(begin.length));
}

test.for([
  ['IPv4', 'ip', 'ipv4_addr'],
  ['IPv6', 'ip6', 'ipv6_addr'],
] as const)('%s: the table, its sets and its maps are there without service ports', (row) => {
  const [family, ip, address] = row;
  expect(printTable(compiled([], { family })).split('\n')[0]).toBe(
    `add table ${ip} kube-proxy { comment "rules for kube-proxy" ; }`,
  );
  expect(linesOf('set', [], { family })).toEqual([
    `cluster-ips { type ${address} ; comment "Active ClusterIPs" ; }`,
    `hairpin-connections { type ${address} . ${address} . inet_proto . inet_service ; comment "service hairpin connections" ; }`,
    `nodeport-ips { type ${address} ; comment "IPs that accept NodePort traffic" ; }`,
  ]);
  const ofAddress = `type ${address} . inet_proto . inet_service : verdict ;`;
  const ofPort = 'type inet_proto . inet_service : verdict ;';
  expect(linesOf('map', [], { family })).toEqual([
    `firewall-ips { ${ofAddress} comment "destinations that are subject to LoadBalancerSourceRanges" ; }`,
    `no-endpoint-nodeports { ${ofPort} comment "vmap to drop or reject packets to service nodeports with no endpoints" ; }`,
    `no-endpoint-services { ${ofAddress} comment "vmap to drop or reject packets to services with no endpoints" ; }`,
    `service-ips { ${ofAddress} comment "ClusterIP, ExternalIP and LoadBalancer IP traffic" ; }`,
    `service-nodeports { ${ofPort} comment "NodePort traffic" ; }`,
  ]);
  expect(linesOf('element', [], { family })).toEqual([]);
});

test('with node ports on every address there is no set of addresses', () => {
  const sets = linesOf('set', [], { matchAllNodePorts: true });
  expect(sets.map((line) => line.split(' ')[0])).toEqual(['cluster-ips', 'hairpin-connections']);
});

test('chains and sets are in the order of their names, base or not, byte by byte', () => {
  const one = servicePort(
    {
      nodePort: 3001,
      externalPolicyLocal: true,
      affinitySeconds: 60,
      loadBalancerVIPs: ['5.6.7.8'],
      loadBalancerSourceRanges: ['203.0.113.0/25'],
    },
    [remote, local],
  );
  const name = 'ULMVA6XW-ns1/svc1/tcp/p80';
  const endpoints = [
    '2ZNDXFAB-ns1/svc1/tcp/p80__10.180.0.2/80',
    '5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80',
  ];
  const chains = linesOf('chain', [one]).map((line) => line.split(' ')[0]);
  expect(chains).toEqual([
    'cluster-ips-check',
    ...endpoints.map((endpoint) => `endpoint-${endpoint}`),
    `external-${name}`,
    'filter-forward',
    'filter-input',
    'filter-output',
    'filter-output-pre-dnat',
    'filter-prerouting-pre-dnat',
    `firewall-${name}`,
    'firewall-check',
    `local-${name}`,
    'masquerading',
    'nat-output',
    'nat-postrouting',
    'nat-prerouting',
    'nodeport-endpoints-check',
    'reject-chain',
    `service-${name}`,
    'service-endpoints-check',
    'services',
  ]);
  const ruled = linesOf('rule', [one]).map((line) => line.split(' ')[0]);
  expect([...new Set(ruled)]).toEqual(chains);
  expect(linesOf('set', [one]).map((line) => line.split(' ')[0])).toEqual([
    ...endpoints.map((endpoint) => `affinity-${endpoint}`),
    'cluster-ips',
    'hairpin-connections',
    'nodeport-ips',
  ]);
});

const a: Partial<ServicePort> = { serviceName: 'a', name: 'ns1/a:p80', clusterIP: '172.30.0.2' };
const b: Partial<ServicePort> = { serviceName: 'b', name: 'ns1/b:p80', clusterIP: '172.30.0.1' };
const chainA = 'VZNH3DV3-ns1/a/tcp/p80';
const chainB = 'C5H7KDIK-ns1/b/tcp/p80';

test('elements stand by set and map, and in each in the order in which they were added', () => {
  const nodeElements: PlacedElement[] = ['198.51.100.1', '192.0.2.11'].map((ip) => ({
    container: containers.nodePortIPs,
    element: { key: [ip], origin: { reason: 'node ports' } },
  }));
  expect(
    linesOf('element', [servicePort({ ...a, nodePort: 3001 }, [local]), servicePort(b, [])], {
      nodeElements,
    }),
  ).toEqual([
    'cluster-ips { 172.30.0.2 }',
    'cluster-ips { 172.30.0.1 }',
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
    'nodeport-ips { 198.51.100.1 }',
    'nodeport-ips { 192.0.2.11 }',
    'no-endpoint-services { 172.30.0.1 . tcp . 80 comment "ns1/b:p80" : goto reject-chain }',
    `service-ips { 172.30.0.2 . tcp . 80 : goto service-${chainA} }`,
    `service-nodeports { tcp . 3001 : goto external-${chainA} }`,
  ]);
});

test('an element that is added again as it is keeps its place', () => {
  const second = { ...a, port: 81, portName: 'p81', name: 'ns1/a:p81' };
  const servicePorts = [
    servicePort(a, [local]),
    servicePort(b, [local]),
    servicePort(second, [local]),
  ];
  const elements = linesOf('element', servicePorts);
  expect(elements.filter((line) => line.startsWith('cluster-ips'))).toEqual([
    'cluster-ips { 172.30.0.2 }',
    'cluster-ips { 172.30.0.1 }',
  ]);
  expect(elements.filter((line) => line.startsWith('hairpin'))).toEqual([
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  ]);
  const twice = servicePort({ ...a, externalIPs: ['1.2.3.4', '1.2.3.5', '1.2.3.4'] });
  expect(linesOf('element', [twice]).slice(2)).toEqual([
    `service-ips { 1.2.3.4 . tcp . 80 : goto external-${chainA} }`,
    `service-ips { 1.2.3.5 . tcp . 80 : goto external-${chainA} }`,
  ]);
});

test('the first to add it says whose it is', () => {
  const { sets } = compiled([servicePort(a, [local]), servicePort(b, [local])]);
  const hairpin = sets.find(({ name }) => name === 'hairpin-connections');
  expect(hairpin?.elements.map(({ origin }) => origin.servicePort)).toEqual(['ns1/a:p80']);
});

const shared = { externalIPs: ['1.2.3.4', '1.2.3.5'] };

test('an element that changes stands at the place of its last change, with its last verdict', () => {
  const servicePorts = [
    servicePort({ ...a, ...shared }),
    servicePort({ ...b, externalIPs: ['1.2.3.4'] }),
  ];
  const elements = linesOf('element', servicePorts);
  expect(elements.filter((line) => line.startsWith('service-ips'))).toEqual([
    `service-ips { 172.30.0.2 . tcp . 80 : goto service-${chainA} }`,
    `service-ips { 1.2.3.5 . tcp . 80 : goto external-${chainA} }`,
    `service-ips { 172.30.0.1 . tcp . 80 : goto service-${chainB} }`,
    `service-ips { 1.2.3.4 . tcp . 80 : goto external-${chainB} }`,
  ]);
});

test('a change of the comment alone, or of the verdict alone, is one too', () => {
  const rejected = linesOf('element', [
    servicePort({ ...a, ...shared }, []),
    servicePort({ ...b, externalIPs: ['1.2.3.4'] }, []),
  ]);
  const ofA = 'comment "ns1/a:p80" : goto reject-chain';
  const ofB = 'comment "ns1/b:p80" : goto reject-chain';
  expect(rejected.slice(2)).toEqual([
    `no-endpoint-services { 172.30.0.2 . tcp . 80 ${ofA} }`,
    `no-endpoint-services { 1.2.3.5 . tcp . 80 ${ofA} }`,
    `no-endpoint-services { 172.30.0.1 . tcp . 80 ${ofB} }`,
    `no-endpoint-services { 1.2.3.4 . tcp . 80 ${ofB} }`,
  ]);
  const [dropped] = linesOf('element', [
    servicePort({ ...a, externalIPs: ['1.2.3.4'] }, []),
    servicePort({ ...a, externalIPs: ['1.2.3.4'], externalPolicyLocal: true }, [
      endpointOf('10.180.0.9'),
    ]),
  ]).slice(-3, -2);
  expect(dropped).toBe('no-endpoint-services { 1.2.3.4 . tcp . 80 comment "ns1/a:p80" : drop }');
});

test('what one service port turns away another may still take', () => {
  const elements = linesOf('element', [
    servicePort({ ...a, externalIPs: ['1.2.3.4'] }),
    servicePort({ ...b, externalIPs: ['1.2.3.4'] }, []),
  ]);
  expect(elements).toContain(`service-ips { 1.2.3.4 . tcp . 80 : goto external-${chainA} }`);
  expect(elements).toContain(
    'no-endpoint-services { 1.2.3.4 . tcp . 80 comment "ns1/b:p80" : goto reject-chain }',
  );
});
