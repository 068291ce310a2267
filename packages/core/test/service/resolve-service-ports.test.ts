import { expect, test } from 'vitest';
import type { Release, SnapshotInput } from '../../src/index.ts';
import type { Family } from '../../src/netaddr/family.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveServicePorts, whyNotServed } from '../../src/service/resolve-service-ports.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { serviceInput, snapshotOf, type ServiceFields } from '../support/cluster.ts';
import { servicePortOf } from '../support/model.ts';

interface Options {
  readonly family?: Family;
  readonly release?: Release;
  readonly gates?: NonNullable<SnapshotInput['config']>['featureGates'];
}

function resolve(fields: ServiceFields, options: Options = {}): readonly ServicePort[] {
  const { family = 'IPv4', release = '1.36', gates = {} } = options;
  const { services } = snapshotOf({ services: [serviceInput(fields)] });
  return services.flatMap((service) =>
    resolveServicePorts(service, family, behaviourOf(release, gates)),
  );
}

function resolveOne(fields: ServiceFields, options?: Options): ServicePort {
  const [first, ...others] = resolve(fields, options);
  if (!first || others.length > 0) throw new Error('not one service port');
  return first;
}

test('a plain Service has a service port with nothing but its cluster IP', () => {
  expect(resolve({})).toEqual([servicePortOf()]);
});

test('a service port is called namespace/name:port, without the port if it has no name', () => {
  expect(resolve({ ports: [{ port: 80 }] })).toMatchObject([{ name: 'ns1/svc1', portName: '' }]);
  expect(resolveOne({ ports: [{ name: 'p80', port: 80 }] }).name).toBe('ns1/svc1:p80');
});

test('the protocol is not in the name, but tells ports apart', () => {
  const ports = ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ name: 'dns', port: 53, protocol }));
  expect(resolve({ ports }).map(({ name, protocol }) => [name, protocol])).toEqual([
    ['ns1/svc1:dns', 'tcp'],
    ['ns1/svc1:dns', 'udp'],
    ['ns1/svc1:dns', 'sctp'],
  ]);
});

test('of two ports with one name and protocol the later counts', () => {
  const ports = [
    { name: 'p80', port: 80 },
    { name: 'p80', port: 8080 },
  ];
  expect(resolveOne({ ports }).port).toBe(8080);
});

test.for<[string, ServiceFields]>([
  ['it has no cluster IP', { clusterIP: '' }],
  ['it is headless', { clusterIP: 'None' }],
  ['it is an ExternalName', { type: 'ExternalName' }],
  ['its cluster IP is of the other family', { clusterIP: 'fd00::1' }],
  ['its families are not this one', { ipFamilies: ['IPv6'], clusterIPs: ['fd00::1'] }],
  [
    'there are fewer cluster IPs than families',
    { ipFamilies: ['IPv6', 'IPv4'], clusterIPs: ['fd00::1'] },
  ],
  [
    'another proxy serves it',
    { metadata: { labels: { 'service.kubernetes.io/service-proxy-name': '' } } },
  ],
])('a Service has no service port if %s', ([, fields]) => {
  expect(resolve(fields)).toEqual([]);
});

test.for<[Release, number]>([
  ['1.36', 1],
  ['1.30', 0],
])('in release %s a Service labelled headless has %i service ports', ([release, count]) => {
  const fields = { metadata: { labels: { 'service.kubernetes.io/headless': '' } } };
  expect(resolve(fields, { release })).toHaveLength(count);
});

test.for<[Family, string]>([
  ['IPv4', '10.96.0.10'],
  ['IPv6', 'fd00:10:96::a'],
])(
  'a dual-stack Service has the %s cluster IP %s at the place of its family',
  ([family, clusterIP]) => {
    const fields = {
      clusterIP: 'fd00:10:96::a',
      clusterIPs: ['fd00:10:96::a', '10.96.0.10'],
      ipFamilies: ['IPv6', 'IPv4'],
    };
    expect(resolveOne(fields, { family })).toMatchObject({ family, clusterIP });
  },
);

test.for([
  ['010.096.0.001', '10.96.0.1', 'IPv4'],
  ['::ffff:10.96.0.1', '10.96.0.1', 'IPv4'],
  ['FD00:0:0::00A', 'fd00::a', 'IPv6'],
] as const)('the cluster IP %s is written %s', ([text, clusterIP, family]) => {
  expect(resolveOne({ clusterIP: text }, { family }).clusterIP).toBe(clusterIP);
});

test('a node port counts whatever the type of the Service', () => {
  const ports = [{ port: 80, nodePort: 30080 }];
  for (const type of ['ClusterIP', 'NodePort', 'LoadBalancer'])
    expect(resolveOne({ type, ports }).nodePort).toBe(30080);
  expect(resolveOne({ type: 'LoadBalancer' }).nodePort).toBe(0);
});

test('external IPs of the family stay in their order, repeated ones too', () => {
  const externalIPs = ['198.51.100.8', '2001:db8::1', '198.51.100.007', '198.51.100.8', 'nonsense'];
  expect(resolveOne({ externalIPs }).externalIPs).toEqual([
    '198.51.100.8',
    '198.51.100.7',
    '198.51.100.8',
  ]);
});

const ingress = [
  { ip: '203.0.113.6' },
  { ip: '203.0.113.5', ipMode: 'VIP' },
  { ip: '203.0.113.4', ipMode: 'Proxy' },
  { ip: '2001:db8::1' },
  { ip: '' },
  {},
];

test.for<[string, Options, readonly string[]]>([
  ['release 1.36', {}, ['203.0.113.6', '203.0.113.5']],
  ['release 1.30', { release: '1.30' }, ['203.0.113.6', '203.0.113.5']],
  [
    'release 1.30 without LoadBalancerIPMode',
    { release: '1.30', gates: { LoadBalancerIPMode: false } },
    ['203.0.113.6', '203.0.113.5', '203.0.113.4'],
  ],
  ['the other family', { family: 'IPv6' }, ['2001:db8::1']],
])(
  'of the addresses of a load balancer, %s takes those of mode VIP in order',
  ([, options, vips]) => {
    const fields = {
      ingress,
      clusterIPs: ['172.30.0.41', 'fd00::1'],
      ipFamilies: ['IPv4', 'IPv6'],
    };
    expect(resolveOne(fields, options).loadBalancerVIPs).toEqual(vips);
  },
);

test('the type of the Service is not asked for load balancer addresses', () => {
  expect(
    resolveOne({ type: 'ClusterIP', ingress: [{ ip: '203.0.113.6' }] }).loadBalancerVIPs,
  ).toEqual(['203.0.113.6']);
});

test.for<[string, readonly string[], readonly string[], readonly string[]]>([
  ['spaces and host bits go', [' 203.0.113.77/25 '], ['203.0.113.0/25'], ['203.0.113.0/25']],
  [
    'the order stays',
    ['10.0.0.0/8', '1.0.0.0/8'],
    ['10.0.0.0/8', '1.0.0.0/8'],
    ['10.0.0.0/8', '1.0.0.0/8'],
  ],
  ['the other family goes', ['2001:db8::/32'], [], []],
  ['what is no CIDR goes', ['10.0.0.1', 'x', '10.0.0.0/8'], ['10.0.0.0/8'], ['10.0.0.0/8']],
  ['a zero range lifts all in 1.36', ['10.0.0.0/8', '0.0.0.0/0'], [], ['10.0.0.0/8', '0.0.0.0/0']],
  ['with host bits too', ['10.1.2.3/0'], [], ['0.0.0.0/0']],
  ['one of the other family does not', ['10.0.0.0/8', '::/0'], ['10.0.0.0/8'], ['10.0.0.0/8']],
])('source ranges: %s', ([, loadBalancerSourceRanges, newer, older]) => {
  expect(resolveOne({ loadBalancerSourceRanges }).loadBalancerSourceRanges).toEqual(newer);
  expect(
    resolveOne({ loadBalancerSourceRanges }, { release: '1.30' }).loadBalancerSourceRanges,
  ).toEqual(older);
});

test.for<[ServiceFields, number | undefined]>([
  [{}, undefined],
  [{ sessionAffinity: 'None' }, undefined],
  [{ sessionAffinity: 'ClientIP' }, 10800],
  [{ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 7 } } }, 7],
  [{ sessionAffinityConfig: { clientIP: { timeoutSeconds: 7 } } }, undefined],
])('with %o affinity lasts %s seconds', ([fields, seconds]) => {
  expect(resolveOne(fields).affinitySeconds).toBe(seconds);
});

test.for<[string | undefined, boolean]>([
  [undefined, false],
  ['Cluster', false],
  ['Local', true],
])('internalTrafficPolicy %s is Local: %s', ([internalTrafficPolicy, internalPolicyLocal]) => {
  expect(resolveOne({ internalTrafficPolicy })).toMatchObject({ internalPolicyLocal });
});

test.for<[ServiceFields, boolean, number]>([
  [{ type: 'LoadBalancer' }, true, 30000],
  [{ type: 'NodePort' }, true, 0],
  [{ type: 'ClusterIP' }, false, 0],
  [{ type: 'ClusterIP', externalIPs: ['198.51.100.7'] }, true, 0],
  // The whole Service is asked, in whatever family its external IPs are.
  [{ type: 'ClusterIP', externalIPs: ['2001:db8::1'] }, true, 0],
  [{ type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' }, false, 0],
])(
  'with %o external policy Local is %s, and the health check port %i',
  ([fields, isLocal, port]) => {
    const service = { externalTrafficPolicy: 'Local', healthCheckNodePort: 30000, ...fields };
    expect(resolveOne(service)).toMatchObject({
      externalPolicyLocal: isLocal,
      healthCheckNodePort: port,
    });
  },
);

const hints = 'service.kubernetes.io/topology-aware-hints';
const mode = 'service.kubernetes.io/topology-mode';

test.for<[Readonly<Record<string, string>>, boolean]>([
  [{}, false],
  [{ [hints]: 'auto' }, true],
  [{ [mode]: 'Auto' }, true],
  [{ [mode]: 'anything' }, true],
  [{ [mode]: '' }, false],
  [{ [mode]: 'disabled' }, false],
  [{ [mode]: 'Disabled' }, false],
  [{ [hints]: 'Disabled', [mode]: 'Auto' }, false],
  [{ [hints]: 'Auto', [mode]: 'Disabled' }, true],
])('annotations %o switch hints on: %s', ([annotations, hintsAnnotated]) => {
  expect(resolveOne({ metadata: { annotations } })).toMatchObject({ hintsAnnotated });
});

const proxied = { 'service.kubernetes.io/service-proxy-name': 'other' };

test.for<[string | undefined, ServiceFields]>([
  [undefined, {}],
  ['it is of type ExternalName', { type: 'ExternalName', clusterIP: '' }],
  ['it is headless', { clusterIP: 'None' }],
  ['it has no cluster IP', { clusterIP: '' }],
  ['its labels hide it', { metadata: { labels: proxied } }],
])('why kube-proxy does not serve it: %s', ([reason, fields]) => {
  const { services } = snapshotOf({ services: [serviceInput(fields)] });
  const behaviour = behaviourOf('1.36', {});
  expect(services.map((service) => whyNotServed(service, behaviour))).toEqual([reason]);
  expect(resolve(fields)).toHaveLength(reason === undefined ? 1 : 0);
});
