import { expect, test } from 'vitest';
import { explainService, explainServiceOnNodes, type ServiceExplanation } from '../../src/index.ts';
import {
  nodeInput,
  serviceInput,
  sliceInput,
  snapshotOf,
  type ServiceFields,
} from '../support/cluster.ts';

const zoneLabel = 'topology.kubernetes.io/zone';
const nodes = ['a', 'b'].map((letter) =>
  nodeInput({ metadata: { name: `node-${letter}`, labels: { [zoneLabel]: `zone-${letter}` } } }),
);

function snapshotWith(fields: ServiceFields): ReturnType<typeof snapshotOf> {
  const endpoints = ['a', 'b'].map((letter, index) => ({
    addresses: [`10.0.0.${index + 1}`],
    nodeName: `node-${letter}`,
    hints: { forZones: [{ name: `zone-${letter}` }] },
  }));
  return snapshotOf({
    nodes,
    services: [serviceInput(fields), serviceInput({ metadata: { name: 'other' } })],
    endpointSlices: [sliceInput({ endpoints })],
    config: { clusterCIDR: '10.0.0.0/8' },
  });
}

function explain(fields: ServiceFields, name = 'ns1/svc1'): ServiceExplanation {
  const explained = explainService(snapshotWith(fields), name, { mode: 'iptables' });
  if (!('ports' in explained)) throw new Error('not found');
  return explained;
}

test('one Service on the wanted node', () => {
  expect(explain({ sessionAffinity: 'ClientIP' })).toMatchObject({
    name: 'ns1/svc1',
    nodeName: 'node-a',
    mode: 'iptables',
    release: '1.36',
    ports: [
      {
        name: 'ns1/svc1:p80',
        family: 'IPv4',
        protocol: 'tcp',
        affinitySeconds: 10_800,
        topology: 'hints for this zone',
        endpoints: [
          { address: '10.0.0.1:80', cluster: { share: 1, reason: 'hinted for this zone' } },
          { address: '10.0.0.2:80', cluster: { share: 0, reason: 'hinted for another zone' } },
        ],
        addresses: [{ kind: 'cluster IP', ip: '172.30.0.41', port: 80 }],
      },
    ],
    healthChecks: [],
  });
});

test('ports by name, then family; or the one that is asked for', () => {
  const dualStack = {
    clusterIPs: ['172.30.0.41', 'fd00::41'],
    ipFamilies: ['IPv4', 'IPv6'],
    ports: [
      { name: 'p80', port: 80 },
      { name: 'a', port: 81 },
    ],
  };
  expect(printed(explain(dualStack))).toEqual([
    'ns1/svc1:a IPv4',
    'ns1/svc1:a IPv6',
    'ns1/svc1:p80 IPv4',
    'ns1/svc1:p80 IPv6',
  ]);
  expect(printed(explain(dualStack, 'svc1:a'))).toEqual(['ns1/svc1:a IPv4', 'ns1/svc1:a IPv6']);
});

test('a release has its own behaviour: 1.30 wants an annotation', () => {
  const options = { mode: 'iptables', release: '1.30' } as const;
  expect(explainService(snapshotWith({}), 'svc1', options)).toMatchObject({
    ports: [{ topology: 'hints are ignored: the Service has no annotation for them' }],
  });
});

test.for<[string, ServiceFields]>([
  ['it is headless', { clusterIP: 'None' }],
  ['it is of type ExternalName', { type: 'ExternalName' }],
  ['it has no ports', { ports: [] }],
])('nothing is done for a Service: %s', ([notServed, fields]) => {
  expect(explain(fields)).toMatchObject({ notServed, ports: [], healthChecks: [] });
});

test('a Service that is not there', () => {
  const snapshot = snapshotWith({});
  expect(explainService(snapshot, 'svc', { mode: 'ipvs' })).toEqual({ suggestion: 'svc1' });
  expect(explainServiceOnNodes(snapshot, 'x/y', { mode: 'ipvs' })).toEqual({});
});

test('on all nodes, whichever is wanted', () => {
  const fields = {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: 32_000,
    ingress: [{ ip: '203.0.113.7' }],
  };
  const snapshot = snapshotWith(fields);
  const explained = explainServiceOnNodes(snapshot, 'ns1/svc1', { mode: 'nftables' });
  expect(explained).toMatchObject(
    ['node-a', 'node-b'].map((nodeName) => ({ nodeName, healthChecks: [{ status: 200 }] })),
  );
  expect(Array.isArray(explained) && explained[0]).toEqual(
    explainService(snapshot, 'ns1/svc1', { mode: 'nftables' }),
  );
});

const bridged = { name: 'cni0', addresses: ['10.0.1.1/24'] };

test.for([
  ['InterfaceNamePrefix', 'v-', false],
  ['InterfaceNamePrefix', 'cni', true],
  ['BridgeInterface', 'cni0', true],
  ['BridgeInterface', 'br0', false],
] as const)('%s %s: pods behind the bridge cni0 count as pods: %s', ([mode, name, counts]) => {
  const snapshot = snapshotOf({
    nodes: [nodeInput({ spec: { podCIDR: '10.0.1.0/24' } })],
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.0.1.2'] }] })],
    nodeState: { interfaces: [bridged] },
    config: {
      detectLocalMode: mode,
      detectLocal: { interfaceNamePrefix: name, bridgeInterface: name },
    },
  });
  expect(explainService(snapshot, 'svc1', { mode: 'iptables' })).toMatchObject({
    ports: [{ addresses: [{ clients: [{ client: 'pod', keepsSource: counts }, {}, {}] }] }],
  });
});

test('what is explained is plain data', () => {
  const explained = explain({});
  expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
});

function printed({ ports }: ServiceExplanation): string[] {
  return ports.map(({ name, family }) => `${name} ${family}`);
}
