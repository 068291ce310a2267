import { expect, test } from 'vitest';
import { compileServicePort } from '../../../../src/proxier/nftables/kube-proxy/compile-service-port.ts';
import { remote, resolvedOf } from '../../../support/model.ts';
import {
  nftablesContextOf,
  printChainRules,
  printPlaced,
  printSets,
} from '../../../support/nftables.ts';

const name = '42NFTM6N-ns2/svc2/tcp/p80';

// The example of the specification, as release 1.36 writes it.
test('a service port with policy Local, source ranges and endpoints elsewhere, whole', () => {
  const resolved = resolvedOf(
    {
      namespace: 'ns2',
      serviceName: 'svc2',
      name: 'ns2/svc2:p80',
      clusterIP: '172.30.0.42',
      nodePort: 3001,
      loadBalancerVIPs: ['5.6.7.8'],
      loadBalancerSourceRanges: ['203.0.113.0/25'],
      externalPolicyLocal: true,
    },
    [{ ...remote, ip: '10.180.0.2', address: '10.180.0.2:80' }],
  );
  const { chains, sets, elements } = compileServicePort(resolved, nftablesContextOf());
  expect(printPlaced(elements)).toEqual([
    'cluster-ips { 172.30.0.42 }',
    `service-ips { 172.30.0.42 . tcp . 80 : goto service-${name} }`,
    `service-ips { 5.6.7.8 . tcp . 80 : goto external-${name} }`,
    `firewall-ips { 5.6.7.8 . tcp . 80 : goto firewall-${name} }`,
    'no-endpoint-services { 5.6.7.8 . tcp . 80 comment "ns2/svc2:p80" : drop }',
    `service-nodeports { tcp . 3001 : goto external-${name} }`,
    'no-endpoint-nodeports { tcp . 3001 comment "ns2/svc2:p80" : drop }',
  ]);
  expect(printChainRules(chains)).toEqual([
    `external-${name} ip saddr 10.0.0.0/8 goto service-${name} comment "short-circuit pod traffic"`,
    `external-${name} fib saddr type local mark set mark or 0x00004000 comment "masquerade local traffic"`,
    `external-${name} fib saddr type local goto service-${name} comment "short-circuit local traffic"`,
    `firewall-${name} ip saddr != { 203.0.113.0/25 } drop`,
    `service-${name} meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 10.180.0.2 . 80 }`,
  ]);
  expect(sets).toEqual([]);
});

test('with affinity chains and sets of endpoints come with it', () => {
  const resolved = resolvedOf({ affinitySeconds: 60 }, [remote]);
  const { chains, sets } = compileServicePort(resolved, nftablesContextOf());
  const endpoint = '5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80';
  expect(chains.map((chain) => chain.name)).toEqual([
    'service-ULMVA6XW-ns1/svc1/tcp/p80',
    `endpoint-${endpoint}`,
  ]);
  expect(printSets(sets)).toEqual([
    `affinity-${endpoint} { type ipv4_addr ; flags dynamic,timeout ; timeout 60s ; }`,
  ]);
});

test('without endpoints there are elements only', () => {
  const { chains, sets, elements } = compileServicePort(resolvedOf({}, []), nftablesContextOf());
  expect([chains, sets]).toEqual([[], []]);
  expect(elements).toHaveLength(2);
});
