import { expect, test } from 'vitest';
import {
  endpointChainRules,
  nameEndpointChains,
} from '../../../src/proxier/iptables/endpoint-chain.ts';
import type { IptablesContext } from '../../../src/proxier/iptables/context.ts';
import type { Fragment } from '../../../src/proxier/iptables/fragment.ts';
import type { Routing } from '../../../src/proxier/iptables/routing.ts';
import {
  contextOf,
  endpointOf,
  local,
  printRules,
  remote,
  routingOf,
  servicePortOf,
} from '../../support/model.ts';

const sep = 'KUBE-SEP-SXIVWICOYRO3J4NJ';

function rulesOf(routing: Routing, context: Partial<IptablesContext> = {}): Partial<Fragment> {
  return endpointChainRules(routing, contextOf(context), nameEndpointChains(routing.servicePort));
}

test('hairpin traffic is marked, then all goes to the endpoint; comments need no quotes', () => {
  const { natChains, natRules } = rulesOf(routingOf());
  expect(natChains).toEqual([sep]);
  expect(printRules(natRules)).toEqual([
    `-A ${sep} -m comment --comment ns1/svc1:p80 -s 10.180.0.1 -j KUBE-MARK-MASQ`,
    `-A ${sep} -m comment --comment ns1/svc1:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.1:80`,
  ]);
});

test('with affinity the client is remembered', () => {
  const { natRules } = rulesOf(routingOf({ affinitySeconds: 10800 }));
  expect(printRules(natRules).at(-1)).toBe(
    `-A ${sep} -m comment --comment ns1/svc1:p80 -m recent --name ${sep} --set -m tcp -p tcp -j DNAT --to-destination 10.180.0.1:80`,
  );
});

test('in a large cluster there are no comments', () => {
  const { natRules } = rulesOf(routingOf({ affinitySeconds: 1 }), { isLargeCluster: true });
  expect(printRules(natRules)).toEqual([
    `-A ${sep} -s 10.180.0.1 -j KUBE-MARK-MASQ`,
    `-A ${sep} -m recent --name ${sep} --set -m tcp -p tcp -j DNAT --to-destination 10.180.0.1:80`,
  ]);
});

test('an IPv6 endpoint stands in brackets where its port follows', () => {
  const routing = routingOf({ family: 'IPv6', protocol: 'tcp' }, [endpointOf('fd00::1')]);
  expect(printRules(rulesOf(routing).natRules)).toEqual([
    '-A KUBE-SEP-T5UNFIPVCZXM3U7X -m comment --comment ns1/svc1:p80 -s fd00::1 -j KUBE-MARK-MASQ',
    '-A KUBE-SEP-T5UNFIPVCZXM3U7X -m comment --comment ns1/svc1:p80 -m tcp -p tcp -j DNAT --to-destination [fd00::1]:80',
  ]);
});

test('every reachable endpoint has a chain, and no other', () => {
  const policy = { internalPolicyLocal: true };
  expect(rulesOf(routingOf(policy, [local, remote])).natChains).toEqual([
    'KUBE-SEP-LXVODXWDISEETFEF',
  ]);
  expect(rulesOf(routingOf({}, [])).natChains).toEqual([]);
});

test('the chain of an endpoint has one name, whenever it is asked', () => {
  const nameOf = nameEndpointChains(servicePortOf());
  expect([remote, local, remote].map(nameOf)).toEqual([sep, 'KUBE-SEP-LXVODXWDISEETFEF', sep]);
});
