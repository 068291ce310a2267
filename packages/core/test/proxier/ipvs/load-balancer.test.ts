import { expect, test } from 'vitest';
import { loadBalancerParts } from '../../../src/proxier/ipvs/load-balancer.ts';
import { ipvsContextOf, printKeyedEntries, printServers } from '../../support/ipvs.ts';
import { local, printRules, reasonsOf, remote, resolvedOf } from '../../support/model.ts';

const vip = '5.6.7.8';
const loadBalancerVIPs = [vip];

function partsOf(
  fields: Parameters<typeof resolvedOf>[0],
  endpoints = [remote],
): ReturnType<typeof loadBalancerParts> {
  return loadBalancerParts(resolvedOf({ loadBalancerVIPs, ...fields }, endpoints), ipvsContextOf());
}

function drop(ip: string): string {
  return `-A KUBE-IPVS-OUT-FILTER -s ${ip} -m ipvs --vaddr ${ip} --vproto tcp --vport 80 -j DROP`;
}

test('each address is in the set and a virtual server, bound unless another interface has it', () => {
  const parts = partsOf({ loadBalancerVIPs: ['5.6.7.8', '192.0.2.11', '5.6.7.7'] });
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER 192.0.2.11,tcp:80',
    'KUBE-LOAD-BALANCER 5.6.7.7,tcp:80',
  ]);
  expect(printServers(parts.virtualServers).filter((line) => line.startsWith('-A'))).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-A -t 192.0.2.11:80 -s rr',
    '-A -t 5.6.7.7:80 -s rr',
  ]);
  expect(parts.addresses).toEqual(['5.6.7.8', '5.6.7.7']);
  expect(parts.filterRules).toEqual([]);
});

test('without an address there is nothing, whatever the source ranges', () => {
  expect(partsOf({ loadBalancerVIPs: [], loadBalancerSourceRanges: ['203.0.113.0/25'] })).toEqual({
    entries: [],
    virtualServers: [],
    addresses: [],
    filterRules: [],
  });
});

test('under policy Local it is in both sets, with the endpoints of this node', () => {
  const parts = partsOf({ externalPolicyLocal: true }, [remote, local]);
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-LOCAL 5.6.7.8,tcp:80',
  ]);
  expect(printServers(parts.virtualServers)).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.2:80 -m -w 1',
  ]);
});

test('under policy Local without an endpoint here all endpoints serve', () => {
  expect(printServers(partsOf({ externalPolicyLocal: true }).virtualServers)).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.1:80 -m -w 1',
  ]);
});

test('source ranges without the node: the node’s own traffic is dropped on the way out', () => {
  const parts = partsOf({
    loadBalancerVIPs: ['5.6.7.8', '5.6.7.7'],
    loadBalancerSourceRanges: ['203.0.113.0/25', '198.51.100.0/24'],
  });
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-FW 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,203.0.113.0/25',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,198.51.100.0/24',
    'KUBE-LOAD-BALANCER 5.6.7.7,tcp:80',
    'KUBE-LOAD-BALANCER-FW 5.6.7.7,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.7,tcp:80,203.0.113.0/25',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.7,tcp:80,198.51.100.0/24',
  ]);
  expect(printRules(parts.filterRules)).toEqual([drop('5.6.7.8'), drop('5.6.7.7')]);
  expect(reasonsOf(parts.filterRules)).toEqual([
    'load balancer source ranges',
    'load balancer source ranges',
  ]);
});

test('source ranges with the node: its traffic, which bears the VIP as source, is let in', () => {
  const parts = partsOf({ loadBalancerSourceRanges: ['203.0.113.0/25', '192.0.2.0/24'] });
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-FW 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,203.0.113.0/25',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,192.0.2.0/24',
    'KUBE-LOAD-BALANCER-SOURCE-IP 5.6.7.8,tcp:80,5.6.7.8',
  ]);
  expect(parts.filterRules).toEqual([]);
});

test('a drop names the protocol and the port', () => {
  const { filterRules } = partsOf({
    protocol: 'udp',
    port: 53,
    loadBalancerSourceRanges: ['203.0.113.0/25'],
  });
  expect(printRules(filterRules)).toEqual([
    '-A KUBE-IPVS-OUT-FILTER -s 5.6.7.8 -m ipvs --vaddr 5.6.7.8 --vproto udp --vport 53 -j DROP',
  ]);
});

test('what release 1.30 keeps of a range of everything stands as its halves, and includes the node', () => {
  const parts = partsOf({ loadBalancerSourceRanges: ['0.0.0.0/0', '203.0.113.0/25'] });
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-FW 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,0.0.0.0/1',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,128.0.0.0/1',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,203.0.113.0/25',
    'KUBE-LOAD-BALANCER-SOURCE-IP 5.6.7.8,tcp:80,5.6.7.8',
  ]);
  expect(parts.filterRules).toEqual([]);
});

test('in IPv6 likewise', () => {
  const fields = {
    family: 'IPv6',
    loadBalancerVIPs: ['2001:db8:5::1'],
    loadBalancerSourceRanges: ['::/0'],
  } as const;
  const context = ipvsContextOf({ nodeIP: [32, 1, 13, 184, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11] });
  const parts = loadBalancerParts(resolvedOf(fields, []), context);
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-LOAD-BALANCER 2001:db8:5::1,tcp:80',
    'KUBE-LOAD-BALANCER-FW 2001:db8:5::1,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 2001:db8:5::1,tcp:80,::/1',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 2001:db8:5::1,tcp:80,8000::/1',
    'KUBE-LOAD-BALANCER-SOURCE-IP 2001:db8:5::1,tcp:80,2001:db8:5::1',
  ]);
});
