import { expect, test } from 'vitest';
import { assemble, mostEntries } from '../../../src/proxier/ipvs/assemble.ts';
import type { IpvsBase } from '../../../src/proxier/ipvs/base.ts';
import { compileServicePort } from '../../../src/proxier/ipvs/compile-service-port.ts';
import type { Fragment } from '../../../src/proxier/ipvs/fragment.ts';
import { printIPSets } from '../../../src/ruleset/ipset/index.ts';
import { printRestore } from '../../../src/ruleset/iptables/index.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { ipvsContextOf, printServers } from '../../support/ipvs.ts';
import { endpointOf, remote, resolvedOf } from '../../support/model.ts';

const base: IpvsBase = {
  family: 'IPv4',
  masqueradeMark: 0x4000,
  randomFully: true,
  masqueradeAll: false,
  detector: undefined,
};

function fragmentOf(fields: Partial<ServicePort>, endpoints = [remote]): Fragment {
  return compileServicePort(resolvedOf(fields, endpoints), ipvsContextOf());
}

const hash = 'family inet hashsize 1024 maxelem 65536';

test('without service ports there are all sets, empty, sorted by name', () => {
  const { ipsets, virtualServers, addresses } = assemble(base, []);
  expect(printIPSets(ipsets)).toBe(`create KUBE-CLUSTER-IP hash:ip,port ${hash}
create KUBE-EXTERNAL-IP hash:ip,port ${hash}
create KUBE-EXTERNAL-IP-LOCAL hash:ip,port ${hash}
create KUBE-HEALTH-CHECK-NODE-PORT bitmap:port range 0-65535
create KUBE-IPVS-IPS hash:ip ${hash}
create KUBE-LOAD-BALANCER hash:ip,port ${hash}
create KUBE-LOAD-BALANCER-FW hash:ip,port ${hash}
create KUBE-LOAD-BALANCER-LOCAL hash:ip,port ${hash}
create KUBE-LOAD-BALANCER-SOURCE-CIDR hash:ip,port,net ${hash}
create KUBE-LOAD-BALANCER-SOURCE-IP hash:ip,port,ip ${hash}
create KUBE-LOOP-BACK hash:ip,port,ip ${hash}
create KUBE-NODE-PORT-LOCAL-SCTP-HASH hash:ip,port ${hash}
create KUBE-NODE-PORT-LOCAL-TCP bitmap:port range 0-65535
create KUBE-NODE-PORT-LOCAL-UDP bitmap:port range 0-65535
create KUBE-NODE-PORT-SCTP-HASH hash:ip,port ${hash}
create KUBE-NODE-PORT-TCP bitmap:port range 0-65535
create KUBE-NODE-PORT-UDP bitmap:port range 0-65535
`);
  expect([virtualServers, addresses]).toEqual([[], []]);
});

test('in IPv6 the sets are of family inet6, and the names are cut where they are too long', () => {
  const { ipsets } = assemble({ ...base, family: 'IPv6' }, []);
  const lines = printIPSets(ipsets).trim().split('\n');
  expect(lines).toContain(
    'create KUBE-6-CLUSTER-IP hash:ip,port family inet6 hashsize 1024 maxelem 65536',
  );
  expect(lines.map((line) => line.split(' ')[1]).filter((name) => name?.length === 31)).toEqual([
    'KUBE-6-LOAD-BALANCER-SOURCE-CID',
    'KUBE-6-NODE-PORT-LOCAL-SCTP-HAS',
  ]);
});

test('a set takes as many entries as kube-proxy makes it for', () => {
  expect(mostEntries).toBe(65_536);
});

const a = { name: 'ns1/a', clusterIP: '172.30.0.2', externalIPs: ['5.6.7.8'] };
const b = { name: 'ns1/b', clusterIP: '172.30.0.10', externalIPs: ['5.6.7.8'] };
const ofA = endpointOf('10.180.0.1');
const ofB = endpointOf('10.180.0.9');

test('of two service ports at one address the last has the virtual server whole', () => {
  const fragments = [
    fragmentOf({ ...a, affinitySeconds: 60 }, [ofA]),
    fragmentOf({ ...b, externalPolicyLocal: true }, [ofB]),
  ];
  const { virtualServers } = assemble(base, fragments);
  expect(printServers(virtualServers)).toEqual([
    '-A -t 172.30.0.10:80 -s rr',
    '-a -t 172.30.0.10:80 -r 10.180.0.9:80 -m -w 1',
    '-A -t 172.30.0.2:80 -s rr -p 60',
    '-a -t 172.30.0.2:80 -r 10.180.0.1:80 -m -w 1',
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.9:80 -m -w 1',
  ]);
  expect(printServers(assemble(base, fragments.toReversed()).virtualServers).slice(-2)).toEqual([
    '-A -t 5.6.7.8:80 -s rr -p 60',
    '-a -t 5.6.7.8:80 -r 10.180.0.1:80 -m -w 1',
  ]);
});

test('their entries and addresses are the union, each once, sorted', () => {
  const { ipsets, addresses } = assemble(base, [
    fragmentOf(a),
    fragmentOf(a),
    fragmentOf({ ...b, externalPolicyLocal: true }),
  ]);
  const added = printIPSets(ipsets)
    .split('\n')
    .filter((line) => line.startsWith('add '));
  expect(added).toEqual([
    'add KUBE-CLUSTER-IP 172.30.0.10,tcp:80',
    'add KUBE-CLUSTER-IP 172.30.0.2,tcp:80',
    'add KUBE-EXTERNAL-IP 5.6.7.8,tcp:80',
    'add KUBE-EXTERNAL-IP-LOCAL 5.6.7.8,tcp:80',
    'add KUBE-IPVS-IPS 172.30.0.10',
    'add KUBE-IPVS-IPS 172.30.0.2',
    'add KUBE-IPVS-IPS 5.6.7.8',
  ]);
  expect(addresses).toEqual(['172.30.0.10', '172.30.0.2', '5.6.7.8']);
});

test('of entries that are wanted twice the first says whose they are', () => {
  const { ipsets } = assemble(base, [fragmentOf(a), fragmentOf(b)]);
  const entries = ipsets.find(({ name }) => name === 'KUBE-EXTERNAL-IP')?.entries;
  expect(entries?.map(({ origin }) => origin.servicePort)).toEqual(['ns1/a']);
});

test('one address may serve one port by several protocols', () => {
  const { virtualServers } = assemble(base, [
    fragmentOf({ protocol: 'udp' }, []),
    fragmentOf({ protocol: 'tcp' }, []),
    fragmentOf({ protocol: 'sctp' }, []),
  ]);
  expect(printServers(virtualServers)).toEqual([
    '-A --sctp-service 172.30.0.41:80 -s rr',
    '-A -t 172.30.0.41:80 -s rr',
    '-A -u 172.30.0.41:80 -s rr',
  ]);
});

test('the document has nat before filter, and the rules that the entries call for', () => {
  const fragment = fragmentOf({
    loadBalancerVIPs: ['5.6.7.8'],
    loadBalancerSourceRanges: ['203.0.113.0/25'],
  });
  const text = printRestore(assemble(base, [fragment]).document);
  expect(text.split('\n').filter((line) => /^[*:]/.test(line))).toEqual([
    '*nat',
    ':KUBE-SERVICES - [0:0]',
    ':KUBE-POSTROUTING - [0:0]',
    ':KUBE-NODE-PORT - [0:0]',
    ':KUBE-LOAD-BALANCER - [0:0]',
    ':KUBE-MARK-MASQ - [0:0]',
    '*filter',
    ':KUBE-FORWARD - [0:0]',
    ':KUBE-NODE-PORT - [0:0]',
    ':KUBE-PROXY-FIREWALL - [0:0]',
    ':KUBE-SOURCE-RANGES-FIREWALL - [0:0]',
    ':KUBE-IPVS-FILTER - [0:0]',
    ':KUBE-IPVS-OUT-FILTER - [0:0]',
  ]);
  expect(text).toContain('--match-set KUBE-LOAD-BALANCER-SOURCE-CIDR dst,dst,src -j RETURN\n');
  expect(text).toContain('-A KUBE-IPVS-OUT-FILTER -s 5.6.7.8 -m ipvs ');
  expect(text).not.toContain('KUBE-LOOP-BACK');
});
