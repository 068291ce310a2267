import { changedSections, fingerprintOf, type DumpFiles } from '@kube-rules/core';
import { expect, test } from 'vitest';

const nat = `*nat
:PREROUTING ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
-A PREROUTING -j KUBE-SERVICES
-A PREROUTING -j CNI-HOSTPORT-DNAT
-A KUBE-SERVICES -d 10.96.0.1/32 -j ACCEPT
COMMIT
`;
const files: DumpFiles = {
  'ipv4.iptables-nft-save': nat,
  'ipv6.iptables-nft-save': '*filter\n:KUBE-FORWARD - [0:0]\n-A FORWARD -j KUBE-FORWARD\nCOMMIT\n',
  'ipset-save':
    'create KUBE-CLUSTER-IP hash:ip,port family inet\nadd KUBE-CLUSTER-IP 10.96.0.1,tcp:443\n',
  'nft-list':
    'table ip kube-proxy {\n  chain c {\n    type nat hook prerouting priority 0;\n    drop\n  }\n}\n',
};

const print = fingerprintOf(files);

function changedBy(change: DumpFiles): string[] {
  return changedSections(print, fingerprintOf({ ...files, ...change }));
}

test('a short text for each section that has something of kube-proxy’s', () => {
  expect(Object.keys(print).toSorted()).toEqual([
    'ipset',
    'iptables IPv4 nat',
    'iptables IPv6 filter',
    'nftables ip kube-proxy',
  ]);
  expect(new Set(Object.values(print).map((text) => text.length))).toEqual(new Set([16]));
  expect(fingerprintOf(files)).toEqual(print);
  expect(fingerprintOf({})).toEqual({});
});

test.for<readonly [string, DumpFiles, readonly string[]]>([
  [
    'another rule',
    { 'ipv4.iptables-nft-save': nat.replace('10.96.0.1/32', '10.96.0.2/32') },
    ['iptables IPv4 nat'],
  ],
  [
    'another jump',
    { 'ipv4.iptables-nft-save': nat.replace('-A PREROUTING -j KUBE', '-A OUTPUT -j KUBE') },
    ['iptables IPv4 nat'],
  ],
  [
    'another entry',
    { 'ipset-save': 'create KUBE-CLUSTER-IP hash:ip,port family inet\n' },
    ['ipset'],
  ],
  ['no table', { 'nft-list': '' }, ['nftables ip kube-proxy']],
  [
    'two at once, in the order of names',
    { 'ipv6.iptables-nft-save': '', 'ipset-save': '' },
    ['ipset', 'iptables IPv6 filter'],
  ],
])('%s is told by the section', ([, change, sections]) => {
  expect(changedBy(change)).toEqual(sections);
});

test('counters, rules of others, and chains that no packet meets do not count', () => {
  const counted = nat.replaceAll(/^-A/gm, '[3:180] -A').replaceAll('[0:0]', '[7:420]');
  expect(changedBy({ 'ipv4.iptables-nft-save': counted })).toEqual([]);
  const others = nat.replace('-A PREROUTING -j CNI-HOSTPORT-DNAT\n', '');
  expect(changedBy({ 'ipv4.iptables-nft-save': others })).toEqual([]);
  const idle = nat.replace(':KUBE-SERVICES', ':KUBE-SVC-AAAAAAAAAAAAAAAA - [0:0]\n:KUBE-SERVICES');
  expect(changedBy({ 'ipv4.iptables-nft-save': idle })).toEqual([]);
});

test('rules in the other back end count, under a name of their own', () => {
  expect(changedBy({ 'ipv4.iptables-legacy-save': nat })).toEqual([
    'iptables IPv4 nat, the other back end',
  ]);
  const both = { ...files, 'ipv4.iptables-legacy-save': nat };
  expect(fingerprintOf(both, { backend: 'legacy' })).toHaveProperty([
    'iptables IPv6 filter, the other back end',
  ]);
  expect(fingerprintOf(both)).toHaveProperty(['iptables IPv4 nat, the other back end']);
});

test('virtual servers in networks of others do not count', () => {
  const address = {
    name: 'kube-ipvs0',
    addr_info: [{ family: 'inet', local: '10.96.0.1', prefixlen: 32 }],
  };
  const servers = '-A -t 10.96.0.1:443 -s rr\n-A -t 10.97.0.1:443 -s rr\n';
  const node: DumpFiles = {
    'ipvsadm-save': servers,
    'ip-addr.json': JSON.stringify([{ ifname: 'kube-ipvs0', ...address }]),
  };
  const changed = { ...node, 'ipvsadm-save': servers.replaceAll(' rr', ' wlc') };
  const excludeCIDRs = ['10.96.0.0/15'];
  expect(fingerprintOf(changed, { excludeCIDRs })).toEqual(fingerprintOf(node, { excludeCIDRs }));
  expect(fingerprintOf(changed)).not.toEqual(fingerprintOf(node));
});
