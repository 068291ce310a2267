import { expect, test } from 'vitest';
import { compileIpvs } from '../../../src/proxier/ipvs/compile-ipvs.ts';
import { renderFiles, type Release, type SnapshotInput } from '../../../src/index.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

type Files = Readonly<Record<string, string>>;

function filesOf(input: SnapshotInput, release: Release = '1.36'): Files {
  return renderFiles(compileIpvs(snapshotOf(input), release));
}

function lines(files: Files, name: string): string[] {
  return (files[name] ?? '').split('\n').slice(0, -1);
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
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.180.0.2'], nodeName: 'node-a' }] }),
];

test('a Service, its documents', () => {
  const files = filesOf({
    nodes,
    config: { clusterCIDR: '10.0.0.0/8' },
    services: [serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 3001 }] })],
    endpointSlices,
  });
  expect(lines(files, 'ipv4.ipset').filter((line) => line.startsWith('add'))).toEqual([
    'add KUBE-CLUSTER-IP 172.30.0.41,tcp:80',
    'add KUBE-IPVS-IPS 172.30.0.41',
    'add KUBE-LOOP-BACK 10.180.0.2,tcp:80,10.180.0.2',
    'add KUBE-NODE-PORT-TCP 3001',
  ]);
  expect(files['ipv4.ipvsadm']).toBe(`-A -t 172.30.0.41:80 -s rr
-a -t 172.30.0.41:80 -r 10.180.0.2:80 -m -w 1
-A -t 192.0.2.11:3001 -s rr
-a -t 192.0.2.11:3001 -r 10.180.0.2:80 -m -w 1
`);
  expect(files['ipv4.addresses']).toBe('172.30.0.41\n');
  expect(files['ipv4.iptables']).toContain(
    '--match-set KUBE-CLUSTER-IP dst,dst ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ\n',
  );
  expect([files['ipv6.ipvsadm'], files['ipv6.addresses']]).toEqual(['', '']);
});

test('it says for which node, release and families it is, and how much is in it', () => {
  const input = { nodes, services: [serviceInput()], endpointSlices };
  const { mode, release, nodeName, summary, ipv4, ipv6 } = compileIpvs(snapshotOf(input), '1.30');
  expect({ mode, release, nodeName, summary }).toEqual({
    mode: 'ipvs',
    release: '1.30',
    nodeName: 'node-a',
    summary: { services: 1, servicePorts: 1, endpoints: 1 },
  });
  expect([ipv4.family, ipv6.family]).toEqual(['IPv4', 'IPv6']);
});

test('whose virtual servers are to stay is handed on to whoever applies the rules', () => {
  const config = { ipvs: { excludeCIDRs: ['10.97.0.0/16'] } };
  expect(compileIpvs(snapshotOf({ nodes, config }), '1.36').excludeCIDRs).toEqual(['10.97.0.0/16']);
  expect(compileIpvs(snapshotOf({ nodes }), '1.36').excludeCIDRs).toEqual([]);
});

test('the sysctls are those of kube-proxy, and strictARP adds two', () => {
  const plain = [
    'net.ipv4.ip_forward = 1',
    'net.ipv4.vs.conntrack = 1',
    'net.ipv4.vs.expire_nodest_conn = 1',
    'net.ipv4.vs.expire_quiescent_template = 1',
  ];
  const strict = ['net.ipv4.conf.all.arp_announce = 2', 'net.ipv4.conf.all.arp_ignore = 1'];
  for (const family of ['ipv4', 'ipv6']) {
    expect(lines(filesOf({}), `${family}.sysctl`)).toEqual(plain);
    expect(lines(filesOf({ config: { ipvs: { strictARP: true } } }), `${family}.sysctl`)).toEqual([
      ...strict,
      ...plain,
    ]);
  }
});

test.for<[string, NonNullable<SnapshotInput['config']>['ipvs'], string | undefined]>([
  ['none', {}, undefined],
  ['zeros', { tcpTimeout: '0s', tcpFinTimeout: '0', udpTimeout: '0ms' }, undefined],
  ['less than a second', { tcpTimeout: '999ms' }, undefined],
  ['one', { tcpFinTimeout: '30s' }, '--set 0 30 0\n'],
  ['all', { tcpTimeout: '15m', tcpFinTimeout: '1m30s', udpTimeout: '1.5h' }, '--set 900 90 5400\n'],
  ['with a part of a second', { udpTimeout: '2s999ms' }, '--set 0 0 2\n'],
])('timeouts: %s', ([, ipvs, text]) => {
  expect(filesOf({ config: { ipvs: ipvs ?? {} } })['node.ipvs-timeouts']).toBe(text);
});

test('the scheduler is the configured one; an empty one is rr', () => {
  const services = [serviceInput()];
  for (const [scheduler, words] of [
    ['', '-s rr'],
    ['wlc', '-s wlc'],
    ['mh', '-s mh -b mh-port'],
  ])
    expect(
      filesOf({ services, config: { ipvs: { scheduler: scheduler ?? '' } } })['ipv4.ipvsadm'],
    ).toBe(`-A -t 172.30.0.41:80 ${words}\n`);
});

test('excludeCIDRs change no document: they keep kube-proxy from deleting', () => {
  const services = [serviceInput()];
  expect(filesOf({ services, config: { ipvs: { excludeCIDRs: ['172.30.0.0/16'] } } })).toEqual(
    filesOf({ services }),
  );
});

test('masquerading is configured in the section iptables', () => {
  const services = [serviceInput()];
  const config = {
    clusterCIDR: '10.0.0.0/8',
    iptables: { masqueradeAll: true, masqueradeBit: 5 },
    nftables: { masqueradeBit: 6 },
  };
  const { 'ipv4.iptables': text } = filesOf({ services, config });
  expect(text).toContain('--match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ\n');
  expect(text).toContain('-A KUBE-MARK-MASQ -j MARK --or-mark 0x00000020\n');
});

test.for<[string, SnapshotInput, string]>([
  ['clusterCIDR', { config: { clusterCIDR: '10.0.0.0/8' } }, 'dst,dst ! -s 10.0.0.0/8'],
  [
    'the Node’s podCIDR',
    {
      config: { detectLocalMode: 'NodeCIDR' },
      nodes: [nodeInput({ spec: { podCIDR: '10.1.0.0/24' } })],
    },
    'dst,dst ! -s 10.1.0.0/24',
  ],
  [
    'a bridge',
    { config: { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cni0' } } },
    'dst,dst ! -i cni0',
  ],
  [
    'a prefix of names',
    {
      config: {
        detectLocalMode: 'InterfaceNamePrefix',
        detectLocal: { interfaceNamePrefix: 'veth' },
      },
    },
    'dst,dst ! -i veth+',
  ],
  ['nothing', {}, 'src,dst'],
  ['a CIDR of the other family', { config: { clusterCIDR: 'fd00::/8' } }, 'src,dst'],
])('local traffic by %s', ([, input, words]) => {
  expect(filesOf({ services: [serviceInput()], ...input })['ipv4.iptables']).toContain(
    `--match-set KUBE-CLUSTER-IP ${words} -j KUBE-MARK-MASQ\n`,
  );
});

test.for([
  [{}, true],
  [{ iptables: { randomFully: false } }, false],
] as const)('with the NodeState %o ports are masqueraded at random: %s', ([nodeState, random]) => {
  const { 'ipv4.iptables': text = '' } = filesOf({ nodeState });
  expect(text.includes('-j MASQUERADE --random-fully\n')).toBe(random);
});

const interfaces = [
  { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
  { name: 'eth0', addresses: ['192.0.2.11/24', '2001:db8:1::11/64', 'fe80::11/64'] },
  { name: 'eth1', addresses: ['198.51.100.11/24'] },
  { name: 'kube-ipvs0', addresses: ['172.30.0.41/32', '203.0.113.9/32', 'fd00::41/128'] },
];
const dualStack = serviceInput({
  clusterIP: '172.30.0.41',
  clusterIPs: ['172.30.0.41', 'fd00::41'],
  ipFamilies: ['IPv4', 'IPv6'],
  ports: [{ name: 'p80', port: 80, nodePort: 3001 }],
  externalIPs: ['198.51.100.11', '203.0.113.9'],
});

test('node ports are on all interfaces but kube-ipvs0, without loopback and IPv6 link-local', () => {
  const files = filesOf({ nodes, nodeState: { interfaces }, services: [dualStack] });
  const servers = (family: string): string[] =>
    lines(files, `${family}.ipvsadm`).filter((line) => line.includes(':3001'));
  expect(servers('ipv4')).toEqual([
    '-A -t 192.0.2.11:3001 -s rr',
    '-A -t 198.51.100.11:3001 -s rr',
  ]);
  expect(servers('ipv6')).toEqual(['-A -t [2001:db8:1::11]:3001 -s rr']);
});

test('what another interface has is not bound; what kube-ipvs0 already has is', () => {
  const files = filesOf({ nodes, nodeState: { interfaces }, services: [dualStack] });
  expect(files['ipv4.addresses']).toBe('172.30.0.41\n203.0.113.9\n');
  expect(files['ipv6.addresses']).toBe('fd00::41\n');
  expect(files['ipv4.ipvsadm']).toContain('-A -t 198.51.100.11:80 -s rr\n');
});

test('nodePortAddresses choose among the addresses, and never loopback', () => {
  const config = { nodePortAddresses: ['198.51.100.0/24', '127.0.0.0/8'] };
  const files = filesOf({ nodes, nodeState: { interfaces }, services: [dualStack], config });
  expect(lines(files, 'ipv4.ipvsadm').filter((line) => line.includes(':3001'))).toEqual([
    '-A -t 198.51.100.11:3001 -s rr',
  ]);
});

const restricted = serviceInput({
  type: 'LoadBalancer',
  loadBalancerSourceRanges: ['0.0.0.0/0'],
  ingress: [{ ip: '5.6.7.8' }],
});

test.for<[Release, readonly string[]]>([
  ['1.36', []],
  [
    '1.30',
    [
      'add KUBE-LOAD-BALANCER-FW 5.6.7.8,tcp:80',
      'add KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,0.0.0.0/1',
      'add KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,128.0.0.0/1',
      'add KUBE-LOAD-BALANCER-SOURCE-IP 5.6.7.8,tcp:80,5.6.7.8',
    ],
  ],
])('release %s: a range of everything makes %o', ([release, entries]) => {
  const files = filesOf({ nodes, services: [restricted] }, release);
  expect(
    lines(files, 'ipv4.ipset').filter((line) => /^add KUBE-LOAD-BALANCER-[FS]/.test(line)),
  ).toEqual(entries);
  expect(files['ipv4.iptables']).not.toContain('-A KUBE-IPVS-OUT-FILTER');
});
