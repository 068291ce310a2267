import { expect, test } from 'vitest';
import type { IptablesContext } from '../../../src/proxier/iptables/context.ts';
import { clusterIPMasqueradeRules } from '../../../src/proxier/iptables/masquerade.ts';
import { contextOf, local, printRules, reasonsOf, routingOf } from '../../support/model.ts';

function rule(chain: string, words: string): string {
  return `-A KUBE-${chain}-XPGD46QRK7WJZT7O -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80${words} -j KUBE-MARK-MASQ`;
}

test.for<[string, Partial<IptablesContext>, readonly string[]]>([
  ['what comes from outside the cluster CIDR', {}, [' ! -s 10.0.0.0/8']],
  [
    'what comes from no bridge',
    { detector: { kind: 'bridgeInterface', name: 'cni0' } },
    [' ! -i cni0'],
  ],
  [
    'what comes from no interface of a pod',
    { detector: { kind: 'interfaceNamePrefix', prefix: 'veth' } },
    [' ! -i veth+'],
  ],
  ['all with masqueradeAll', { masqueradeAll: true }, ['']],
  [
    'all with masqueradeAll, without a detector',
    { masqueradeAll: true, detector: undefined },
    [''],
  ],
  ['nothing without a detector', { detector: undefined }, []],
])('masquerades %s', ([, context, words]) => {
  const { natRules } = clusterIPMasqueradeRules(routingOf(), contextOf(context));
  expect(printRules(natRules)).toEqual(words.map((word) => rule('SVC', word)));
});

test('under internal policy Local the rule is in the chain of local endpoints', () => {
  const routing = routingOf({ internalPolicyLocal: true }, [local]);
  const { natRules } = clusterIPMasqueradeRules(routing, contextOf());
  expect(printRules(natRules)).toEqual([rule('SVL', ' ! -s 10.0.0.0/8')]);
});

test('there is nothing to masquerade where the cluster IP is refused', () => {
  for (const routing of [routingOf({}, []), routingOf({ internalPolicyLocal: true })])
    expect(clusterIPMasqueradeRules(routing, contextOf({ masqueradeAll: true }))).toEqual({});
});

test.for([
  [true, 'masquerade all'],
  [false, 'masquerade off-cluster traffic'],
] as const)('with masqueradeAll %s the origin says: %s', ([masqueradeAll, reason]) => {
  const { natRules } = clusterIPMasqueradeRules(routingOf(), contextOf({ masqueradeAll }));
  expect(reasonsOf(natRules)).toEqual([reason]);
});
