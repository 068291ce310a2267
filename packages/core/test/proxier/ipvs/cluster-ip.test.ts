import { expect, test } from 'vitest';
import { clusterIPParts, hairpinParts } from '../../../src/proxier/ipvs/cluster-ip.ts';
import { ipvsContextOf, printKeyedEntries, printServers } from '../../support/ipvs.ts';
import { endpointOf, local, remote, resolvedOf } from '../../support/model.ts';

const entry = 'KUBE-CLUSTER-IP 172.30.0.41,tcp:80';
const server = '-A -t 172.30.0.41:80 -s rr';
const toRemote = '-a -t 172.30.0.41:80 -r 10.180.0.1:80 -m -w 1';
const toLocal = '-a -t 172.30.0.41:80 -r 10.180.0.2:80 -m -w 1';

test('the cluster IP is in the set, a virtual server, and on kube-ipvs0', () => {
  const parts = clusterIPParts(resolvedOf({}, [remote]), ipvsContextOf());
  expect(printKeyedEntries(parts.entries)).toEqual([entry]);
  expect(printServers(parts.virtualServers)).toEqual([server, toRemote]);
  expect(parts.addresses).toEqual(['172.30.0.41']);
  expect(parts.filterRules).toBeUndefined();
});

test('it is so without endpoints too', () => {
  const parts = clusterIPParts(resolvedOf({}, []), ipvsContextOf());
  expect(printKeyedEntries(parts.entries)).toEqual([entry]);
  expect(printServers(parts.virtualServers)).toEqual([server]);
  expect(parts.addresses).toEqual(['172.30.0.41']);
});

test('it is bound even where another interface has it', () => {
  const context = ipvsContextOf({ interfaceIPs: new Set(['172.30.0.41']) });
  expect(clusterIPParts(resolvedOf({}, []), context).addresses).toEqual(['172.30.0.41']);
});

test.for<[string, Parameters<typeof resolvedOf>[0], readonly string[]]>([
  ['internal policy Local holds', { internalPolicyLocal: true }, [toLocal]],
  [
    'external policy Local does not hold',
    { externalPolicyLocal: true, nodePort: 3001 },
    [toRemote, toLocal],
  ],
])('at the cluster IP %s', ([, fields, servers]) => {
  const { virtualServers } = clusterIPParts(resolvedOf(fields, [remote, local]), ipvsContextOf());
  expect(printServers(virtualServers)).toEqual([server, ...servers]);
});

test('every endpoint of this node is in KUBE-LOOP-BACK, whatever its conditions', () => {
  const endpoints = [
    remote,
    local,
    endpointOf('10.180.0.3', { isLocal: true, ready: false, serving: false }),
    endpointOf('10.180.0.4', { isLocal: true, ready: false, terminating: true }),
  ];
  const { entries = [], ...rest } = hairpinParts(resolvedOf({ protocol: 'udp' }, endpoints));
  expect(printKeyedEntries(entries)).toEqual([
    'KUBE-LOOP-BACK 10.180.0.2,udp:80,10.180.0.2',
    'KUBE-LOOP-BACK 10.180.0.3,udp:80,10.180.0.3',
    'KUBE-LOOP-BACK 10.180.0.4,udp:80,10.180.0.4',
  ]);
  expect(entries[0]?.origin).toMatchObject({
    reason: 'hairpin',
    servicePort: 'ns1/svc1:p80',
    endpoint: { address: '10.180.0.2:80', nodeName: 'node-a' },
  });
  expect(rest).toEqual({});
});

test('a node without endpoints has none there', () => {
  expect(hairpinParts(resolvedOf({}, [remote]))).toEqual({ entries: [] });
});
