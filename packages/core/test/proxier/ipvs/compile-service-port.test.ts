import { expect, test } from 'vitest';
import { compileServicePort } from '../../../src/proxier/ipvs/compile-service-port.ts';
import { ipvsContextOf, printKeyedEntries, printServers } from '../../support/ipvs.ts';
import { local, printRules, remote, resolvedOf } from '../../support/model.ts';

test('a service port with every kind of address', () => {
  const resolved = resolvedOf(
    {
      nodePort: 3001,
      externalIPs: ['9.9.9.9'],
      loadBalancerVIPs: ['5.6.7.8'],
      loadBalancerSourceRanges: ['203.0.113.0/25'],
      healthCheckNodePort: 30_000,
      affinitySeconds: 600,
    },
    [remote, local],
  );
  const { entries, virtualServers, addresses, filterRules } = compileServicePort(
    resolved,
    ipvsContextOf(),
  );
  expect(printKeyedEntries(entries)).toEqual([
    'KUBE-LOOP-BACK 10.180.0.2,tcp:80,10.180.0.2',
    'KUBE-CLUSTER-IP 172.30.0.41,tcp:80',
    'KUBE-EXTERNAL-IP 9.9.9.9,tcp:80',
    'KUBE-LOAD-BALANCER 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-FW 5.6.7.8,tcp:80',
    'KUBE-LOAD-BALANCER-SOURCE-CIDR 5.6.7.8,tcp:80,203.0.113.0/25',
    'KUBE-NODE-PORT-TCP 3001',
    'KUBE-HEALTH-CHECK-NODE-PORT 30000',
  ]);
  expect(printServers(virtualServers).filter((line) => line.startsWith('-A'))).toEqual(
    ['172.30.0.41:80', '9.9.9.9:80', '5.6.7.8:80', '192.0.2.11:3001'].map(
      (address) => `-A -t ${address} -s rr -p 600`,
    ),
  );
  expect(addresses).toEqual(['172.30.0.41', '9.9.9.9', '5.6.7.8']);
  expect(printRules(filterRules)).toEqual([
    '-A KUBE-IPVS-OUT-FILTER -s 5.6.7.8 -m ipvs --vaddr 5.6.7.8 --vproto tcp --vport 80 -j DROP',
  ]);
});

test('the least: a cluster IP without endpoints', () => {
  const { entries, virtualServers, addresses, filterRules } = compileServicePort(
    resolvedOf({}, []),
    ipvsContextOf(),
  );
  expect(printKeyedEntries(entries)).toEqual(['KUBE-CLUSTER-IP 172.30.0.41,tcp:80']);
  expect(printServers(virtualServers)).toEqual(['-A -t 172.30.0.41:80 -s rr']);
  expect([addresses, filterRules]).toEqual([['172.30.0.41'], []]);
});
