import { expect, test } from 'vitest';
import type { SnapshotInput } from '../../src/index.ts';
import { printIP } from '../../src/netaddr/print-ip.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveFamily, type ResolvedFamily } from '../../src/service/resolve-family.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

function resolve(input: SnapshotInput, family: 'IPv4' | 'IPv6' = 'IPv4'): ResolvedFamily {
  return resolveFamily(snapshotOf(input), family, behaviourOf('1.36', {}));
}

function endpoints(count: number, conditions: object = {}): { addresses: string[] }[] {
  return Array.from({ length: count }, (_, index) => ({
    addresses: [`10.1.${index >> 8}.${index & 255}`],
    conditions,
  }));
}

test('service ports are in the order of their names, then of their protocols', () => {
  const services = ['web', 'a', 'web-b'].map((name) =>
    serviceInput({
      metadata: { name },
      ports: [
        { name: 'z', port: 1 },
        { name: 'a', port: 2, protocol: 'UDP' },
        { name: 'a', port: 3, protocol: 'TCP' },
        { name: 'a', port: 4, protocol: 'SCTP' },
      ],
    }),
  );
  const { servicePorts } = resolve({ services });
  // "-" comes before ":", so web-b comes before web.
  expect(servicePorts.map(({ servicePort: { name, protocol } }) => `${name} ${protocol}`)).toEqual(
    ['ns1/a', 'ns1/web-b', 'ns1/web'].flatMap((name) => [
      `${name}:a sctp`,
      `${name}:a tcp`,
      `${name}:a udp`,
      `${name}:z tcp`,
    ]),
  );
});

test.for([
  [1000, false],
  [1001, true],
])('%i endpoints make a large cluster: %s', ([count, isLarge]) => {
  const resolved = resolve({
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints: endpoints(Number(count), { ready: false }) })],
  });
  expect(resolved).toMatchObject({ endpointCount: count, isLargeCluster: isLarge });
});

test('endpoints count once for each service port, and not without a Service', () => {
  const ports = [
    { name: 'p80', port: 80 },
    { name: 'p81', port: 81 },
  ];
  const resolved = resolve({
    services: [serviceInput({ ports })],
    endpointSlices: [
      sliceInput({ ports, endpoints: endpoints(3) }),
      sliceInput({
        name: 'orphan',
        labels: { 'kubernetes.io/service-name': 'none' },
        endpoints: endpoints(50),
      }),
    ],
  });
  expect(resolved.endpointCount).toBe(6);
});

test('the zone is that of the Node of this name', () => {
  const label = 'topology.kubernetes.io/zone';
  const input: SnapshotInput = {
    services: [serviceInput()],
    endpointSlices: [
      sliceInput({
        endpoints: ['zone-1', 'zone-2'].map((name, index) => ({
          addresses: [`10.0.0.${index + 1}`],
          hints: { forZones: [{ name }] },
        })),
      }),
    ],
    nodes: [
      nodeInput({ metadata: { name: 'node-a', labels: { [label]: 'zone-2' } } }),
      nodeInput({ metadata: { name: 'node-b', labels: { [label]: 'zone-1' } } }),
    ],
  };
  const [resolved] = resolve(input).servicePorts;
  expect(resolved?.endpoints.cluster.map(({ ip }) => ip)).toEqual(['10.0.0.2']);
});

test('each family has its own service ports, detector and node IP', () => {
  const address = '2001:db8::11';
  const input: SnapshotInput = {
    services: [
      serviceInput({ clusterIPs: ['172.30.0.41', 'fd00::41'], ipFamilies: ['IPv4', 'IPv6'] }),
    ],
    nodes: [nodeInput({ status: { addresses: [{ type: 'InternalIP', address }] } })],
    config: { clusterCIDR: 'fd00:10::/32' },
  };
  const [ipv4, ipv6] = [resolve(input), resolve(input, 'IPv6')];
  expect(ipv4.servicePorts.map(({ servicePort }) => servicePort.clusterIP)).toEqual([
    '172.30.0.41',
  ]);
  expect(ipv6.servicePorts.map(({ servicePort }) => servicePort.clusterIP)).toEqual(['fd00::41']);
  expect([ipv4.detector, ipv6.detector]).toEqual([
    undefined,
    { kind: 'cidr', cidr: 'fd00:10::/32' },
  ]);
  expect([ipv4, ipv6].map(({ nodeIP }) => printIP(nodeIP))).toEqual(['127.0.0.1', address]);
});
