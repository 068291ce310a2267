import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  explainedModes,
  parseSnapshot,
  traceSnapshot,
  type ExplainedMode,
  type Packet,
} from '../src/index.ts';
import { printFate } from './support/trace.ts';

const packets = readFileSync(new URL('../../../test/kernel/packets.yaml', import.meta.url), 'utf8');

const more = `
apiVersion: v1
kind: Service
metadata: { name: closed }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.30
  loadBalancerSourceRanges: [192.0.2.0/25]
  ports: [{ port: 80, nodePort: 30480 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.30 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: self }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.31
  loadBalancerSourceRanges: [203.0.113.31/32]
  ports: [{ port: 80, targetPort: 8080, nodePort: 30481 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.31 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: inner }
spec:
  clusterIP: 10.96.0.32
  internalTrafficPolicy: Local
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: inner-open }
spec:
  type: NodePort
  clusterIP: 10.96.0.33
  internalTrafficPolicy: Local
  ports: [{ port: 80, targetPort: 8080, nodePort: 30482 }]
---
apiVersion: v1
kind: Service
metadata: { name: leaving }
spec:
  type: NodePort
  clusterIP: 10.96.0.34
  externalTrafficPolicy: Local
  ports: [{ port: 80, targetPort: 8080, nodePort: 30483 }]
---
${['self', 'inner', 'inner-open'].map((name) => slice(name, '{ addresses: [10.244.2.11], nodeName: node2 }')).join('---\n')}---
${slice('leaving', '{ addresses: [10.244.1.12], nodeName: node1, conditions: { ready: false, serving: true, terminating: true } }, { addresses: [10.244.2.11], nodeName: node2 }')}`;

function slice(service: string, endpoints: string): string {
  return `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${service}, labels: { kubernetes.io/service-name: ${service} } }
addressType: IPv4
ports: [{ port: 8080 }]
endpoints: [${endpoints}]
`;
}

const { snapshot } = parseSnapshot(`${packets}---${more}`);

const pod: Packet = {
  source: '10.244.1.13',
  destination: '',
  destinationPort: 80,
  protocol: 'tcp',
};
const podThere: Packet = { ...pod, source: '10.244.2.11' };
const node: Packet = { ...pod, source: 'node' };
const client: Packet = { ...pod, source: '192.0.2.200' };

/** What comes of a packet in each mode. */
type Difference = readonly [
  title: string,
  packet: Packet,
  fates: Readonly<Record<ExplainedMode, readonly string[]>>,
];

const both = [
  '0.5 delivered 10.244.1.12:8080 from 10.244.1.13',
  '0.5 delivered 10.244.2.11:8080 from 10.244.1.13',
];

const spread = [
  '0.5 delivered 10.244.1.12:8080 from 10.244.1.1 masqueraded',
  '0.5 delivered 10.244.2.11:8080 from 192.0.2.11 masqueraded',
];

const differences: readonly Difference[] = [
  [
    'a port that no Service has, at a cluster IP: lost, or refused',
    { ...pod, destination: '10.96.0.10', destinationPort: 4444 },
    {
      iptables: ['1 accepted 10.96.0.10:4444 from 10.244.1.13'],
      ipvs: ['1 rejected 10.96.0.10:4444 icmp-port-unreachable'],
      nftables: ['1 rejected 10.96.0.10:4444 icmp-port-unreachable'],
    },
  ],
  [
    "a node port at another than the node's main address: for the node's own servers in nftables mode",
    { ...pod, destination: '10.244.1.1', destinationPort: 30_080 },
    {
      iptables: spread,
      ipvs: spread,
      nftables: ['1 accepted 10.244.1.1:30080 from 10.244.1.13'],
    },
  ],
  [
    'a node port at 127.0.0.1: in iptables mode only',
    { ...node, destination: '127.0.0.1', destinationPort: 30_080 },
    {
      iptables: spread,
      ipvs: ['1 accepted 127.0.0.1:30080 from 127.0.0.1'],
      nftables: ['1 accepted 127.0.0.1:30080 from 127.0.0.1'],
    },
  ],
  [
    'a node port of policy Local at ::1, no endpoint here: dropped by iptables mode only',
    { ...node, destination: '::1', destinationPort: 30_280 },
    {
      iptables: ['1 dropped [::1]:30280'],
      ipvs: ['1 accepted [::1]:30280 from ::1'],
      nftables: ['1 accepted [::1]:30280 from ::1'],
    },
  ],
  [
    'a pod of another node is sent back to itself: masqueraded by iptables mode only',
    { ...podThere, destination: '192.0.2.11', destinationPort: 30_280 },
    {
      iptables: ['1 delivered 10.244.2.11:8080 from 192.0.2.11 masqueraded'],
      ipvs: ['1 delivered 10.244.2.11:8080 from 10.244.2.11'],
      nftables: ['1 delivered 10.244.2.11:8080 from 10.244.2.11'],
    },
  ],
  [
    'the node calls a load balancer IP without endpoints: lost in iptables mode',
    { ...node, destination: '203.0.113.30' },
    {
      iptables: ['1 accepted 203.0.113.30:80 from 192.0.2.11'],
      ipvs: ['1 rejected 203.0.113.30:80 icmp-port-unreachable'],
      nftables: ['1 rejected 203.0.113.30:80 icmp-port-unreachable'],
    },
  ],
  [
    'source ranges of a Service without endpoints: they do not count in iptables mode',
    { ...client, destination: '203.0.113.30' },
    {
      iptables: ['1 rejected 203.0.113.30:80 icmp-port-unreachable'],
      ipvs: ['1 dropped 203.0.113.30:80'],
      nftables: ['1 dropped 203.0.113.30:80'],
    },
  ],
  [
    'the node calls a load balancer IP that is in its own source ranges: dropped behind IPVS, though it is the source there',
    { ...node, destination: '203.0.113.31' },
    {
      iptables: ['1 dropped 203.0.113.31:80'],
      ipvs: ['1 dropped 10.244.2.11:8080'],
      nftables: ['1 dropped 203.0.113.31:80'],
    },
  ],
  [
    'a pod calls a node port of policy Local: ipvs mode has no short cut to all endpoints',
    { ...pod, destination: '192.0.2.11', destinationPort: 30_180 },
    {
      iptables: both,
      ipvs: ['1 delivered 10.244.1.12:8080 from 10.244.1.13'],
      nftables: both,
    },
  ],
  [
    'a node port of policy Local without an endpoint here: ipvs mode does not drop',
    { ...client, destination: '192.0.2.11', destinationPort: 30_280 },
    {
      iptables: ['1 dropped 192.0.2.11:30280'],
      ipvs: ['1 delivered 10.244.2.11:8080 from 192.0.2.200'],
      nftables: ['1 dropped 192.0.2.11:30280'],
    },
  ],
  [
    'internal policy Local without an endpoint here: refused by ipvs mode',
    { ...pod, destination: '10.96.0.32' },
    {
      iptables: ['1 dropped 10.96.0.32:80'],
      ipvs: ['1 rejected 10.96.0.32:80 icmp-port-unreachable'],
      nftables: ['1 dropped 10.96.0.32:80'],
    },
  ],
  [
    'internal policy Local without an endpoint here, type NodePort: delivered elsewhere by ipvs mode',
    { ...pod, destination: '10.96.0.33' },
    {
      iptables: ['1 dropped 10.96.0.33:80'],
      ipvs: ['1 delivered 10.244.2.11:8080 from 10.244.1.13'],
      nftables: ['1 dropped 10.96.0.33:80'],
    },
  ],
  [
    'policy Local with a terminating endpoint here: ipvs mode prefers it to a ready one elsewhere',
    { ...pod, destination: '192.0.2.11', destinationPort: 30_483 },
    {
      iptables: ['1 delivered 10.244.2.11:8080 from 10.244.1.13'],
      ipvs: ['1 delivered 10.244.1.12:8080 from 10.244.1.13'],
      nftables: ['1 delivered 10.244.2.11:8080 from 10.244.1.13'],
    },
  ],
];

const cases = differences.flatMap(([title, packet, fates]) =>
  explainedModes.map((mode) => [title, mode, { packet, fates: fates[mode] }] as const),
);

test.for(cases)('%s: %s', ([, mode, { packet, fates }]) => {
  expect(traceSnapshot(snapshot, packet, { mode }).outcomes.map(printFate)).toEqual(fates);
});

const fast = cases.filter(([, mode]) => mode === 'nftables');

test.for(fast)('%s: %s, layout fast', ([, mode, { packet, fates }]) => {
  const { outcomes } = traceSnapshot(snapshot, packet, { mode, layout: 'fast' });
  expect(outcomes.map(printFate)).toEqual(fates);
});

const unmasqueraded = [
  '0.5 delivered 10.244.1.12:8080 from 192.0.2.11',
  '0.5 delivered 10.244.2.11:8080 from 192.0.2.11',
];

test.for<[ExplainedMode, readonly string[]]>([
  ['iptables', unmasqueraded],
  ['ipvs', spread],
  ['nftables', unmasqueraded],
])(
  'the node calls a cluster IP, local traffic cannot be told: masqueraded by ipvs mode only: %s',
  ([mode, fates]) => {
    const { config } = snapshot;
    const { outcomes } = traceSnapshot(
      { ...snapshot, config: { ...config, clusterCIDR: '' } },
      { ...node, destination: '10.96.0.10' },
      { mode },
    );
    expect(outcomes.map(printFate)).toEqual(fates);
  },
);
