import { expect, test } from 'vitest';
import { clusterIPRules } from '../../../src/proxier/iptables/cluster-ip.ts';
import { local, printRules, reasonsOf, remote, routingOf } from '../../support/model.ts';

const match = '-m tcp -p tcp -d 172.30.0.41 --dport 80';

test('traffic for the cluster IP goes to the chain of policy Cluster', () => {
  const { natRules, filterRules } = clusterIPRules(routingOf());
  expect(printRules(natRules)).toEqual([
    `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 cluster IP" ${match} -j KUBE-SVC-XPGD46QRK7WJZT7O`,
  ]);
  expect(printRules(filterRules)).toEqual([]);
});

test('under internal policy Local it goes to the chain of local endpoints', () => {
  const { natRules } = clusterIPRules(routingOf({ internalPolicyLocal: true }, [local]));
  expect(printRules(natRules)).toEqual([
    `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 cluster IP" ${match} -j KUBE-SVL-XPGD46QRK7WJZT7O`,
  ]);
});

test('without endpoints it is refused', () => {
  const { natRules, filterRules } = clusterIPRules(routingOf({}, []));
  expect(printRules(natRules)).toEqual([]);
  expect(printRules(filterRules)).toEqual([
    `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 has no endpoints" ${match} -j REJECT`,
  ]);
});

test('without local endpoints under policy Local it is dropped', () => {
  const { natRules, filterRules } = clusterIPRules(
    routingOf({ internalPolicyLocal: true }, [remote]),
  );
  expect(printRules(natRules)).toEqual([]);
  expect(printRules(filterRules)).toEqual([
    `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 has no local endpoints" ${match} -j DROP`,
  ]);
});

test.for<[string, Parameters<typeof routingOf>]>([
  ['cluster IP', []],
  ['no endpoints', [{}, []]],
  ['no local endpoints', [{ internalPolicyLocal: true }]],
])('the origin says why: %s', ([reason, routing]) => {
  const { natRules = [], filterRules = [] } = clusterIPRules(routingOf(...routing));
  expect(reasonsOf([...natRules, ...filterRules])).toEqual([reason]);
});
