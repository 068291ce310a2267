import { expect, test } from 'vitest';
import { compile, findRefusals, renderFiles, type Snapshot } from '../../../src/index.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

const node = nodeInput({
  status: {
    addresses: [
      { type: 'InternalIP', address: '192.0.2.11' },
      { type: 'InternalIP', address: '2001:db8:1::11' },
    ],
  },
});

function filesOf(snapshot: Snapshot): Record<string, string> {
  return renderFiles(compile(snapshot, 'userspace'));
}

const dual = serviceInput({
  clusterIP: '172.30.0.41',
  clusterIPs: ['172.30.0.41', 'fd00:172::41'],
  ipFamilies: ['IPv4', 'IPv6'],
  sessionAffinity: 'ClientIP',
});

const endpoints = (address: string) => [
  { addresses: [address] },
  { addresses: [`${address}0`], conditions: { ready: false } },
];

test('documents of both families; one proxy port for both', () => {
  const snapshot = snapshotOf({
    nodes: [node],
    services: [dual],
    endpointSlices: [
      sliceInput({ endpoints: endpoints('10.180.0.1') }),
      sliceInput({ name: 'b', addressType: 'IPv6', endpoints: endpoints('fd00::1') }),
    ],
    nodeState: { proxyPorts: { 'ns1/svc1:p80/tcp': 36_123 } },
  });
  const files = filesOf(snapshot);
  expect(Object.keys(files)).toEqual([
    'ipv4.iptables',
    'ipv4.jumps',
    'ipv4.listeners',
    'ipv6.iptables',
    'ipv6.jumps',
    'ipv6.listeners',
  ]);
  const listener = '{"servicePort":"ns1/svc1:p80","protocol":"tcp","address":';
  expect(files['ipv4.listeners']).toBe(
    `${listener}"0.0.0.0","port":36123,"endpoints":["10.180.0.1:80"],"affinityTimeout":10800}\n`,
  );
  expect(files['ipv6.listeners']).toBe(
    `${listener}"::","port":36123,"endpoints":["[fd00::1]:80"],"affinityTimeout":10800}\n`,
  );
  expect(files['ipv6.iptables']).toBe(`*filter
:KUBE-NODEPORT-NON-LOCAL - [0:0]
COMMIT
*nat
:KUBE-PORTALS-CONTAINER - [0:0]
:KUBE-PORTALS-HOST - [0:0]
:KUBE-NODEPORT-CONTAINER - [0:0]
:KUBE-NODEPORT-HOST - [0:0]
-A KUBE-PORTALS-CONTAINER -m comment --comment ns1/svc1:p80 -p tcp -m tcp --dport 80 -d fd00:172::41/128 -j REDIRECT --to-ports 36123
-A KUBE-PORTALS-HOST -m comment --comment ns1/svc1:p80 -p tcp -m tcp --dport 80 -d fd00:172::41/128 -j DNAT --to-destination [2001:db8:1::11]:36123
COMMIT
`);
});

test.for<[string, string, string]>([
  ['0.0.0.0', '0.0.0.0', '::'],
  ['::', '0.0.0.0', '::'],
  ['192.0.2.12', '192.0.2.12', '::'],
  ['2001:DB8::12', '0.0.0.0', '2001:db8::12'],
])('with bindAddress %s the proxy listens on %s and %s', ([bindAddress, ipv4, ipv6]) => {
  const ruleset = compile(
    snapshotOf({ nodes: [node], services: [dual], config: { bindAddress } }),
    'userspace',
  );
  expect(ruleset.ipv4.listeners.map(({ address }) => address)).toEqual([ipv4]);
  expect(ruleset.ipv6.listeners.map(({ address }) => address)).toEqual([ipv6]);
});

test.for(['127.0.0.1', '127.8.8.8', '::1'])('bindAddress %s is refused', (bindAddress) => {
  const snapshot = snapshotOf({ config: { bindAddress } });
  expect(findRefusals(snapshot, 'iptables', '1.36')).toEqual([]);
  expect(findRefusals(snapshot, 'userspace', '1.36')).toEqual([
    {
      code: 'CONFIG_VALUE_INVALID',
      severity: 'error',
      message: `${JSON.stringify(bindAddress)} is a loopback address, on which mode userspace cannot serve others.`,
      objects: [{ kind: 'KubeProxyConfiguration', path: 'bindAddress' }],
    },
  ]);
});

test('both releases have the same rules', () => {
  const hidden = serviceInput({
    metadata: { name: 'h', labels: { 'service.kubernetes.io/headless': '' } },
  });
  const snapshot = snapshotOf({ nodes: [node], services: [dual, hidden] });
  const { release, ...newest } = compile(snapshot, 'userspace');
  expect({ ...compile(snapshot, 'userspace', { release: '1.30' }), release }).toEqual({
    ...newest,
    release,
  });
});

test('the node’s ports stay, and those of the NodeState win', () => {
  const snapshot = snapshotOf({ services: [dual] });
  const proxyPorts = { 'ns1/svc1:p80/tcp': 12_345 };
  const portOf = (input: Snapshot) =>
    compile(input, 'userspace', { proxyPorts }).ipv4.listeners[0]?.port;
  expect(portOf(snapshot)).toBe(12_345);
  const nodeState = { proxyPorts: { 'ns1/svc1:p80/tcp': 1 } };
  expect(portOf(snapshotOf({ services: [dual], nodeState }))).toBe(1);
});

test('a Service that comes moves none of a small range, which holds as many as there are', () => {
  const names = Array.from({ length: 8 }, (_, index) => `svc${index}`);
  const services = names.map((name, index) =>
    serviceInput({
      metadata: { name, creationTimestamp: `2026-01-0${8 - index}T00:00:00Z` },
    }),
  );
  const portsOf = (count: number): Map<string, number> => {
    const snapshot = snapshotOf({
      services: services.slice(-count),
      config: { portRange: '20000-20007' },
    });
    const { listeners } = compile(snapshot, 'userspace').ipv4;
    return new Map(listeners.map(({ servicePort, port }) => [servicePort, port]));
  };
  const all = portsOf(8);
  expect(new Set(all.values()).size).toBe(8);
  for (let count = 1; count < 8; count++)
    for (const [name, port] of portsOf(count)) expect(all.get(name)).toBe(port);
});

test('what came without a time of creation, or with a Date, is taken', () => {
  const creationTimestamp = new Date('2026-01-01T00:00:00Z');
  const snapshot = snapshotOf({
    services: [serviceInput({ metadata: { name: 'a', creationTimestamp } })],
  });
  expect(snapshot.services[0]?.metadata.creationTimestamp).toBe('2026-01-01T00:00:00.000Z');
});
