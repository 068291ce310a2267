import { expect, test } from 'vitest';
import {
  createSnapshot,
  type Diagnostic,
  type DiagnosticCode,
  type Release,
  type SnapshotInput,
} from '../../../src/index.ts';
import { compileIpvs } from '../../../src/proxier/ipvs/compile-ipvs.ts';
import type { IpvsRuleset } from '../../../src/proxier/ipvs/ruleset.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

function find(input: SnapshotInput, code: DiagnosticCode, release: Release = '1.36'): Diagnostic[] {
  const { diagnostics } = compileIpvs(snapshotOf(input), release);
  return diagnostics.filter((diagnostic) => diagnostic.code === code);
}

test('every ruleset of ipvs mode says that the mode is going', () => {
  for (const release of ['1.30', '1.36'] as const) {
    expect(compileIpvs(snapshotOf(), release).diagnostics).toEqual([
      {
        code: 'IPVS_DEPRECATED',
        severity: 'warning',
        message:
          'Mode ipvs is deprecated since Kubernetes 1.35, off by default from 1.40 and gone in 1.43; nftables takes its place.',
        objects: [{ kind: 'KubeProxyConfiguration', path: 'mode' }],
      },
    ]);
  }
});

test('a scheduler that a kernel may lack is reported', () => {
  expect(find({ config: { ipvs: { scheduler: 'wlc' } } }, 'IPVS_SCHEDULER')).toEqual([]);
  expect(find({ config: { ipvs: { scheduler: 'mh' } } }, 'IPVS_SCHEDULER')).toEqual([
    {
      code: 'IPVS_SCHEDULER',
      severity: 'warning',
      message: 'Scheduler mh needs Linux 4.18 or later, and its module ip_vs_mh.',
      objects: [{ kind: 'KubeProxyConfiguration', path: 'ipvs.scheduler' }],
    },
  ]);
});

const nodes = [
  nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } }),
  nodeInput({
    metadata: { name: 'node-b' },
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.0.2.12' },
        { type: 'ExternalIP', address: '2001:DB8:1:0::12' },
        { type: 'Hostname', address: 'node-b' },
      ],
    },
  }),
];

function nodeAddress(message: string, path: string): Diagnostic {
  const objects = [{ kind: 'Service', namespace: 'ns1', name: 'svc1', path }];
  return { code: 'VIP_IS_NODE_ADDRESS', severity: 'error', message, objects };
}

function compileAll(input: SnapshotInput): IpvsRuleset {
  return compileIpvs(createSnapshot(input, { nodeName: 'node-a' }).snapshot, '1.36');
}

test('an external IP that is a Node’s is an error with a remedy, and the rules are there', () => {
  const services = [serviceInput({ externalIPs: ['198.51.100.7', '192.0.2.12'] })];
  const { diagnostics, ipv4 } = compileAll({ nodes, services });
  expect(diagnostics.slice(1)).toEqual([
    nodeAddress(
      '192.0.2.12 is an address of Node node-b: on kube-ipvs0 it cuts nodes off from that Node; use another external IP, or mode nftables.',
      'spec.externalIPs',
    ),
  ]);
  expect(ipv4.addresses).toContain('192.0.2.12');
  expect(ipv4.virtualServers.map(({ address }) => address)).toContain('192.0.2.12:80');
});

test('so is a load balancer IP, whose remedy is another one', () => {
  const services = [serviceInput({ type: 'LoadBalancer', ingress: [{ ip: '192.0.2.12' }] })];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS')).toEqual([
    nodeAddress(
      '192.0.2.12 is an address of Node node-b: on kube-ipvs0 it cuts nodes off from that Node; give the ingress ipMode: Proxy, or mode nftables.',
      'status.loadBalancer.ingress',
    ),
  ]);
});

test('the remedy works', () => {
  const ingress = [{ ip: '192.0.2.12', ipMode: 'Proxy' }];
  const services = [serviceInput({ type: 'LoadBalancer', ingress })];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS')).toEqual([]);
});

test('an address of this Node is an error too: other nodes bind it', () => {
  const services = [serviceInput({ externalIPs: ['192.0.2.11'] })];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS')).toHaveLength(1);
});

test('addresses are compared, not their texts', () => {
  const services = [
    serviceInput({
      clusterIP: 'fd00::41',
      ipFamilies: ['IPv6'],
      clusterIPs: ['fd00::41'],
      externalIPs: ['2001:db8:1::12'],
    }),
  ];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS').map(({ message }) => message)).toEqual([
    '2001:db8:1::12 is an address of Node node-b: on kube-ipvs0 it cuts nodes off from that Node; use another external IP, or mode nftables.',
  ]);
});

test('an address is reported once for a Service, whatever its ports', () => {
  const ports = ['a', 'b'].map((name, index) => ({ name, port: 80 + index }));
  const services = [serviceInput({ ports, externalIPs: ['192.0.2.12'] })];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS')).toHaveLength(1);
});

test('cluster IPs, node ports and other addresses are no such error', () => {
  const services = [
    serviceInput({
      ports: [{ name: 'p80', port: 80, nodePort: 3001 }],
      externalIPs: ['192.0.2.13'],
    }),
  ];
  expect(find({ nodes, services }, 'VIP_IS_NODE_ADDRESS')).toEqual([]);
});

test.for<[Release, string]>([
  ['1.36', 'it lifts the restriction of its family'],
  [
    '1.30',
    "the kernel's sets refuse it, and kube-proxy 1.30 drops all traffic; here it stands as its two halves",
  ],
])('release %s: a source range of everything: %s', ([release, effect]) => {
  const loadBalancerSourceRanges = ['203.0.113.0/25', ' 0.0.0.0/0 ', '10.1.2.3/0', '::/0'];
  const services = [serviceInput({ loadBalancerSourceRanges })];
  const objects = [
    { kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec.loadBalancerSourceRanges' },
  ];
  expect(find({ services }, 'SOURCE_RANGE_ZERO', release)).toEqual(
    ['0.0.0.0/0', '10.1.2.3/0', '::/0'].map((range) => ({
      code: 'SOURCE_RANGE_ZERO',
      severity: 'warning',
      message: `The source range "${range}" takes in every address: ${effect}.`,
      objects,
    })),
  );
});

test.for([['10.0.0.0/10'], ['0.0.0.0/1'], ['10.0.0.0/0x'], ['::/10']])(
  'the source range %s is none of everything',
  (loadBalancerSourceRanges) => {
    const services = [serviceInput({ loadBalancerSourceRanges })];
    expect(find({ services }, 'SOURCE_RANGE_ZERO')).toEqual([]);
  },
);

test('nodePortAddresses that the node has not are reported as in the other modes', () => {
  const config = { nodePortAddresses: ['10.99.0.0/16'] };
  expect(find({ config }, 'NODE_PORT_ADDRESSES_EMPTY').map(({ message }) => message)).toEqual([
    'No IPv4 address of the node is within nodePortAddresses: node ports answer on none.',
  ]);
});

/** A Service with as many endpoints on this node, each an entry of KUBE-LOOP-BACK. */
function clusterOf(count: number): SnapshotInput {
  return {
    services: [serviceInput()],
    endpointSlices: [
      sliceInput({
        endpoints: Array.from({ length: count }, (_, index) => ({
          addresses: [`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`],
          nodeName: 'node-a',
        })),
      }),
    ],
  };
}

test('a set with more entries than it takes is an error, and one that is just full is none', () => {
  expect(find(clusterOf(65_536), 'IPSET_FULL')).toEqual([]);
  expect(find(clusterOf(65_537), 'IPSET_FULL')).toEqual([
    {
      code: 'IPSET_FULL',
      severity: 'error',
      message:
        'The set KUBE-LOOP-BACK would hold 65537 entries, and takes 65536: those past it are missing on the node.',
      objects: [],
    },
  ]);
});
