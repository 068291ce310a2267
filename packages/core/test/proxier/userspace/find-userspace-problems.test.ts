import { expect, test } from 'vitest';
import { compile, type Diagnostic, type SnapshotInput } from '../../../src/index.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

function problemsOf(input: SnapshotInput): readonly Diagnostic[] {
  return compile(snapshotOf(input), 'userspace').diagnostics;
}

function textsOf(input: SnapshotInput): string[] {
  return problemsOf(input).map(({ code, message }) => `${code} ${message}`);
}

const clusterIPs = ['172.30.0.41', 'fd00:172::41'];
const dual = { clusterIP: '172.30.0.41', clusterIPs, ipFamilies: ['IPv4', 'IPv6'] };

test('a plain Service has none', () => {
  expect(problemsOf({ services: [serviceInput()] })).toEqual([]);
});

test('SCTP is left out, told once for both families', () => {
  const ports = [{ name: 'sigtran', port: 2905, protocol: 'SCTP' }];
  const input = { services: [serviceInput({ ...dual, ports })] };
  expect(problemsOf(input)).toEqual([
    {
      code: 'USERSPACE_SCTP',
      severity: 'error',
      message: 'ns1/svc1:sigtran is left out: mode userspace copies TCP and UDP, and no SCTP.',
      objects: [{ kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec.ports' }],
    },
  ]);
  const { ipv4, summary } = compile(snapshotOf(input), 'userspace');
  expect(ipv4.listeners).toEqual([]);
  expect(summary).toEqual({ services: 0, servicePorts: 0, endpoints: 0 });
});

test('a claim that another has is told with its holder', () => {
  const node = nodeInput({
    status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] },
  });
  const ports = [{ name: 'p80', port: 80, nodePort: 30_080 }];
  const services = ['a', 'b'].map((name) =>
    serviceInput({ ...dual, metadata: { name }, ports, externalIPs: ['192.0.2.11'] }),
  );
  expect(textsOf({ nodes: [node], services })).toEqual([
    'USERSPACE_CLAIM_CONFLICT ns1/b:p80 gets no traffic at node port 30080/tcp: on the node it belongs to ns1/a:p80.',
    'USERSPACE_CLAIM_CONFLICT ns1/b:p80 gets no traffic at port 80 of the external IP 192.0.2.11/tcp: on the node it belongs to ns1/a:p80.',
  ]);
  const { ipv4 } = compile(snapshotOf({ nodes: [node], services }), 'userspace');
  expect(ipv4.listeners.map(({ claims }) => claims)).toEqual([
    ['0.0.0.0:30080', '192.0.2.11:80'],
    undefined,
  ]);
});

test('a node port that is a proxy port is told so', () => {
  const services = [
    serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 30_080 }] }),
    serviceInput({ metadata: { name: 'web' } }),
  ];
  const nodeState = { proxyPorts: { 'ns1/web:p80/tcp': 30_080 } };
  expect(textsOf({ services, nodeState })).toEqual([
    'USERSPACE_CLAIM_CONFLICT ns1/svc1:p80 gets no traffic at node port 30080/tcp: on the node it is the proxy port of ns1/web:p80.',
  ]);
});

test('two that want one proxy port', () => {
  const services = ['a', 'b'].map((name) => serviceInput({ metadata: { name } }));
  const nodeState = { proxyPorts: { 'ns1/a:p80/tcp': 4242, 'ns1/b:p80/tcp': 4242 } };
  expect(textsOf({ services, nodeState })).toEqual([
    "PROXY_PORT_DUPLICATE The proxy port 4242 of ns1/b:p80/tcp is another one's already; ns1/b:p80/tcp gets a new one.",
  ]);
});

test('a range that is too small', () => {
  const services = ['a', 'b'].map((name) => serviceInput({ metadata: { name } }));
  const input = { services, config: { portRange: '20000' } };
  expect(textsOf(input)).toEqual([
    'PROXY_PORTS_EXHAUSTED ns1/b:p80/tcp is left out: no proxy port from 20000 to 20000 is left.',
  ]);
  const { ipv4 } = compile(snapshotOf(input), 'userspace');
  expect(ipv4.listeners.map(({ servicePort }) => servicePort)).toEqual(['ns1/a:p80']);
});

test('what the mode does not know is one warning a Service', () => {
  const service = serviceInput({
    ...dual,
    type: 'LoadBalancer',
    internalTrafficPolicy: 'Local',
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: 32_000,
    loadBalancerSourceRanges: ['203.0.113.0/24'],
    ports: [
      { name: 'p80', port: 80 },
      { name: 'p81', port: 81 },
    ],
  });
  const hinted = { addresses: ['10.180.0.1'], hints: { forZones: [{ name: 'a' }] } };
  expect(
    textsOf({ services: [service], endpointSlices: [sliceInput({ endpoints: [hinted] })] }),
  ).toEqual([
    'USERSPACE_IGNORES Mode userspace does not know internalTrafficPolicy, externalTrafficPolicy, loadBalancerSourceRanges, healthCheckNodePort, topology hints of Service ns1/svc1: all its traffic is accepted and goes to any ready endpoint.',
  ]);
});

test('nodePortAddresses are not known either', () => {
  expect(problemsOf({ config: { nodePortAddresses: ['192.0.2.0/24'] } })).toMatchObject([
    {
      code: 'USERSPACE_IGNORES',
      severity: 'warning',
      objects: [{ kind: 'KubeProxyConfiguration', path: 'nodePortAddresses' }],
    },
  ]);
});
