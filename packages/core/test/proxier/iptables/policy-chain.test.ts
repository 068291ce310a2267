import { expect, test } from 'vitest';
import type { IptablesContext } from '../../../src/proxier/iptables/context.ts';
import { nameEndpointChains } from '../../../src/proxier/iptables/endpoint-chain.ts';
import type { Fragment } from '../../../src/proxier/iptables/fragment.ts';
import { policyChainRules } from '../../../src/proxier/iptables/policy-chain.ts';
import type { Routing } from '../../../src/proxier/iptables/routing.ts';
import {
  contextOf,
  endpointOf,
  local,
  printRules,
  reasonsOf,
  remote,
  routingOf,
} from '../../support/model.ts';

const svc = 'KUBE-SVC-XPGD46QRK7WJZT7O';
const svl = 'KUBE-SVL-XPGD46QRK7WJZT7O';
const seps = [
  'KUBE-SEP-SXIVWICOYRO3J4NJ',
  'KUBE-SEP-LXVODXWDISEETFEF',
  'KUBE-SEP-ICDUIKC33SFI6ZPR',
];
const three = [remote, local, endpointOf('10.180.0.3')];

function rulesOf(routing: Routing, context: Partial<IptablesContext> = {}): Partial<Fragment> {
  return policyChainRules(routing, contextOf(context), nameEndpointChains(routing.servicePort));
}

const comments = [1, 2, 3].map(
  (number) => ` -m comment --comment "ns1/svc1:p80 -> 10.180.0.${number}:80"`,
);

test('three endpoints get a third, a half of the rest, and the rest', () => {
  const { natChains, natRules } = rulesOf(routingOf({}, three));
  expect(natChains).toEqual([svc]);
  expect(printRules(natRules)).toEqual([
    `-A ${svc}${comments[0]} -m statistic --mode random --probability 0.3333333333 -j ${seps[0]}`,
    `-A ${svc}${comments[1]} -m statistic --mode random --probability 0.5000000000 -j ${seps[1]}`,
    `-A ${svc}${comments[2]} -j ${seps[2]}`,
  ]);
});

test('with affinity, an endpoint that saw the client before is taken first', () => {
  const { natRules } = rulesOf(routingOf({ affinitySeconds: 10800 }, three.slice(0, 2)));
  expect(printRules(natRules)).toEqual([
    `-A ${svc}${comments[0]} -m recent --name ${seps[0]} --rcheck --seconds 10800 --reap -j ${seps[0]}`,
    `-A ${svc}${comments[1]} -m recent --name ${seps[1]} --rcheck --seconds 10800 --reap -j ${seps[1]}`,
    `-A ${svc}${comments[0]} -m statistic --mode random --probability 0.5000000000 -j ${seps[0]}`,
    `-A ${svc}${comments[1]} -j ${seps[1]}`,
  ]);
  expect(reasonsOf(natRules)).toEqual([
    'session affinity',
    'session affinity',
    'load balancing',
    'load balancing',
  ]);
});

test('in a large cluster there are no comments', () => {
  const routing = routingOf({ affinitySeconds: 7 }, three.slice(0, 1));
  expect(printRules(rulesOf(routing, { isLargeCluster: true }).natRules)).toEqual([
    `-A ${svc} -m recent --name ${seps[0]} --rcheck --seconds 7 --reap -j ${seps[0]}`,
    `-A ${svc} -j ${seps[0]}`,
  ]);
});

test('the chain of policy Cluster comes before that of policy Local', () => {
  const routing = routingOf({ externalPolicyLocal: true, nodePort: 30080 }, three);
  const { natChains, natRules } = rulesOf(routing);
  expect(natChains).toEqual([svc, svl]);
  expect(printRules(natRules).slice(3)).toEqual([`-A ${svl}${comments[1]} -j ${seps[1]}`]);
});

test('without endpoints there is no chain', () => {
  expect(rulesOf(routingOf({}, []))).toEqual({ natChains: [], natRules: [] });
});

test('the origin names the endpoint and its node', () => {
  const [rule] = rulesOf(routingOf({}, [local])).natRules ?? [];
  expect(rule?.origin).toMatchObject({
    reason: 'load balancing',
    servicePort: 'ns1/svc1:p80',
    protocol: 'tcp',
    endpoint: { address: '10.180.0.2:80', nodeName: 'node-a' },
  });
});
