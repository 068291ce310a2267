import { expect, test } from 'vitest';
import {
  compileNftables,
  type NftablesOptions,
} from '../../../src/proxier/nftables/compile-nftables.ts';
import { renderFiles, type SnapshotInput } from '../../../src/index.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

const options: NftablesOptions = { release: '1.36', layout: 'kube-proxy', time: 0 };

type Config = NonNullable<SnapshotInput['config']>;

/** The lines of the documents of both families. */
function linesOf(input: SnapshotInput): Readonly<Record<'ipv4' | 'ipv6', string[]>> {
  const files = renderFiles(compileNftables(snapshotOf(input), options));
  const lines = (name: string): string[] => (files[name] ?? '').split('\n').slice(0, -1);
  return { ipv4: lines('ipv4.nft'), ipv6: lines('ipv6.nft') };
}

const nodes = [
  nodeInput({
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.0.2.11' },
        { type: 'InternalIP', address: '2001:db8:1::11' },
      ],
    },
  }),
];
const interfaces = [
  { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
  { name: 'eth0', addresses: ['192.0.2.11/24', '2001:db8:1::11/64'] },
  { name: 'eth1', addresses: ['198.51.100.11/24', '198.51.100.9/24'] },
];
const cluster: SnapshotInput = { nodes, nodeState: { interfaces } };
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.180.0.2'], nodeName: 'node-a' }] }),
];

test('a Service, its elements and its chains', () => {
  const services = [serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 3001 }] })];
  const { ipv4, ipv6 } = linesOf({ ...cluster, services, endpointSlices });
  const name = 'ULMVA6XW-ns1/svc1/tcp/p80';
  expect(ipv4.filter((line) => line.includes(name) || line.startsWith('add element'))).toEqual([
    `add chain ip kube-proxy external-${name}`,
    `add chain ip kube-proxy service-${name}`,
    `add rule ip kube-proxy external-${name} mark set mark or 0x00004000 comment "masquerade"`,
    `add rule ip kube-proxy external-${name} goto service-${name}`,
    `add rule ip kube-proxy service-${name} meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 10.180.0.2 . 80 }`,
    'add element ip kube-proxy cluster-ips { 172.30.0.41 }',
    'add element ip kube-proxy hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
    'add element ip kube-proxy nodeport-ips { 192.0.2.11 }',
    `add element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 : goto service-${name} }`,
    `add element ip kube-proxy service-nodeports { tcp . 3001 : goto external-${name} }`,
  ]);
  expect(ipv6.filter((line) => line.startsWith('add element'))).toEqual([
    'add element ip6 kube-proxy nodeport-ips { 2001:db8:1::11 }',
  ]);
});

test('it says for which node, release and families it is, and how much is in it', () => {
  const input = { nodes, services: [serviceInput()], endpointSlices };
  const { ipv4, ipv6, diagnostics, ...rest } = compileNftables(snapshotOf(input), options);
  expect(rest).toEqual({
    mode: 'nftables',
    layout: 'kube-proxy',
    release: '1.36',
    nodeName: 'node-a',
    summary: { services: 1, servicePorts: 1, endpoints: 1 },
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['NFTABLES_DIFFERS']);
  expect([Object.keys(ipv4), Object.keys(ipv6)]).toEqual([
    ['family', 'table'],
    ['family', 'table'],
  ]);
  expect([ipv4.family, ipv6.family]).toEqual(['IPv4', 'IPv6']);
  expect([ipv4.table.family, ipv6.table.family]).toEqual(['ip', 'ip6']);
});

/** The addresses of node ports of both families; `all` where they are not listed. */
function nodePortIPs(config: Config): string[] {
  return Object.values(linesOf({ ...cluster, config })).flatMap((lines) => {
    if (!lines.some((line) => / add set .* nodeport-ips /.test(` ${line}`))) return ['all'];
    return lines.flatMap((line) => /nodeport-ips \{ (\S+) \}/.exec(line)?.[1] ?? []);
  });
}

test.for<[readonly string[], readonly string[]]>([
  // Unset means the node's own addresses here, not all as in the other modes.
  [[], ['192.0.2.11', '2001:db8:1::11']],
  [['primary'], ['192.0.2.11', '2001:db8:1::11']],
  [['198.51.100.0/24'], ['198.51.100.11', '198.51.100.9', 'all']],
  [
    ['192.0.2.11/32', '198.51.100.9/32', '::/0'],
    ['192.0.2.11', '198.51.100.9', 'all'],
  ],
  [['0.0.0.0/0'], ['all', 'all']],
  [
    ['127.0.0.0/8', '192.0.2.0/24'],
    ['192.0.2.11', 'all'],
  ],
  [['127.0.0.0/8', '::1/128'], []],
])('with the nodePortAddresses %o node ports are on %o', ([nodePortAddresses, addresses]) => {
  expect(nodePortIPs({ nodePortAddresses: [...nodePortAddresses] })).toEqual(addresses);
});

test('the node’s own address counts only if an interface has it', () => {
  const elsewhere = [{ name: 'eth0', addresses: ['198.51.100.11/24'] }];
  const { ipv4 } = linesOf({ nodes, nodeState: { interfaces: elsewhere } });
  expect(ipv4.join('\n')).toContain('add set ip kube-proxy nodeport-ips ');
  expect(ipv4.join('\n')).not.toContain('nodeport-ips { 192.0.2.11 }');
});

test('addresses that match nothing are told', () => {
  const config = { nodePortAddresses: ['203.0.113.0/24'] };
  const services = [serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 3001 }] })];
  const { diagnostics } = compileNftables(snapshotOf({ ...cluster, services, config }), options);
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'NFTABLES_DIFFERS',
    'NODE_PORT_LOOPBACK',
    'NODE_PORT_ADDRESSES_EMPTY',
  ]);
});

test('masquerading is configured in the section nftables', () => {
  const config: Config = {
    clusterCIDR: '10.0.0.0/8',
    iptables: { masqueradeAll: true, masqueradeBit: 5 },
    nftables: { masqueradeBit: 6 },
  };
  const text = linesOf({ ...cluster, config }).ipv4.join('\n');
  expect(text).toContain(
    'services ip daddr @cluster-ips ip saddr != 10.0.0.0/8 mark set mark or 0x00000040 ',
  );
  expect(text).toContain('masquerading mark and 0x00000040 != 0 mark set mark xor 0x00000040 ');
  const all: Config = { ...config, nftables: { masqueradeAll: true, masqueradeBit: 31 } };
  expect(linesOf({ ...cluster, config: all }).ipv4.join('\n')).toContain(
    'services ip daddr @cluster-ips mark set mark or 0x80000000 comment "masquerade all clusterIP traffic"',
  );
});

test('the mark of a Service’s own chains is the same', () => {
  const services = [serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 3001 }] })];
  const config: Config = { nftables: { masqueradeBit: 0 } };
  const { ipv4 } = linesOf({ ...cluster, services, endpointSlices, config });
  expect(ipv4.join('\n')).toContain('tcp/p80 mark set mark or 0x00000001 comment "masquerade"');
});

test.for<[string, SnapshotInput, string | undefined]>([
  ['clusterCIDR', { config: { clusterCIDR: '10.0.0.0/8' } }, 'ip saddr != 10.0.0.0/8'],
  [
    'the Node’s podCIDR',
    {
      config: { detectLocalMode: 'NodeCIDR' },
      nodes: [nodeInput({ spec: { podCIDR: '10.1.0.0/24' } })],
    },
    'ip saddr != 10.1.0.0/24',
  ],
  [
    'a bridge',
    { config: { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cni0' } } },
    'iifname != cni0',
  ],
  [
    'a prefix of names',
    {
      config: {
        detectLocalMode: 'InterfaceNamePrefix',
        detectLocal: { interfaceNamePrefix: 'veth' },
      },
    },
    'iifname != veth*',
  ],
  ['nothing', {}, undefined],
  ['a CIDR of the other family', { config: { clusterCIDR: 'fd00::/8' } }, undefined],
])('local traffic by %s', ([, input, words]) => {
  const rules = linesOf(input).ipv4.filter((line) => line.includes('mark set mark or'));
  expect(rules).toEqual(
    words === undefined
      ? []
      : [
          `add rule ip kube-proxy services ip daddr @cluster-ips ${words} mark set mark or 0x00004000 comment "masquerade clusterIP traffic from outside cluster"`,
        ],
  );
});

test('each family has its own addresses and endpoints', () => {
  const services = [
    serviceInput({
      clusterIP: '172.30.0.41',
      clusterIPs: ['172.30.0.41', 'fd00:30::41'],
      ipFamilies: ['IPv4', 'IPv6'],
    }),
  ];
  const slices = [
    ...endpointSlices,
    sliceInput({
      name: 'svc1-b',
      addressType: 'IPv6',
      endpoints: [{ addresses: ['fd00::1'], nodeName: 'node-b' }],
    }),
  ];
  const { ipv4, ipv6 } = linesOf({ ...cluster, services, endpointSlices: slices });
  expect(ipv4.join('\n')).toContain('map { 0 : 10.180.0.2 . 80 }');
  expect(ipv6.join('\n')).toContain(
    'dnat ip6 addr . port to numgen random mod 1 map { 0 : fd00::1 . 80 }',
  );
  expect(ipv6).toContain('add element ip6 kube-proxy cluster-ips { fd00:30::41 }');
});

test('the longest name of a Service without endpoints has a comment that nft takes', () => {
  const label = 'a'.repeat(63);
  const services = [
    serviceInput({
      metadata: { name: label, namespace: label },
      ports: [{ name: label, port: 80 }],
    }),
  ];
  const { ipv4 } = linesOf({ ...cluster, services });
  expect(ipv4.filter((line) => line.includes(' comment "aaa'))).toEqual([
    `add element ip kube-proxy no-endpoint-services { 172.30.0.41 . tcp . 80 comment "${label}/${label}:" : goto reject-chain }`,
  ]);
});
