import { expect, test } from 'vitest';
import { firewallChainRules } from '../../../src/proxier/iptables/firewall-chain.ts';
import { contextOf, printRules, routingOf } from '../../support/model.ts';

const fw = 'KUBE-FW-XPGD46QRK7WJZT7O';
const loadBalancerVIPs = ['5.6.7.8', '5.6.7.9'];

function allow(source: string): string {
  return `-A ${fw} -m comment --comment "ns1/svc1:p80 loadbalancer IP" -s ${source} -j KUBE-EXT-XPGD46QRK7WJZT7O`;
}

const last = `-A ${fw} -m comment --comment "other traffic to ns1/svc1:p80 will be dropped by KUBE-PROXY-FIREWALL"`;

test('there is no chain without source ranges, without an address or without endpoints', () => {
  const loadBalancerSourceRanges = ['203.0.113.0/25'];
  const context = contextOf();
  expect(firewallChainRules(routingOf({ loadBalancerVIPs }), context)).toEqual({});
  expect(firewallChainRules(routingOf({ loadBalancerSourceRanges }), context)).toEqual({});
  const empty = routingOf({ loadBalancerVIPs, loadBalancerSourceRanges }, []);
  expect(firewallChainRules(empty, context)).toEqual({});
});

test('each range may pass, in its order; the last rule has no target', () => {
  const loadBalancerSourceRanges = ['203.0.113.0/25', '10.0.0.0/8'];
  const { natChains, natRules } = firewallChainRules(
    routingOf({ loadBalancerVIPs, loadBalancerSourceRanges }),
    contextOf(),
  );
  expect(natChains).toEqual([fw]);
  expect(printRules(natRules)).toEqual([...loadBalancerSourceRanges.map(allow), last]);
});

test('where a range holds the node, the addresses themselves may pass as sources', () => {
  const loadBalancerSourceRanges = ['192.0.2.0/24', '10.0.0.0/8'];
  const { natRules } = firewallChainRules(
    routingOf({ loadBalancerVIPs, loadBalancerSourceRanges }),
    contextOf({ nodeIP: [192, 0, 2, 11] }),
  );
  expect(printRules(natRules)).toEqual([
    ...loadBalancerSourceRanges.map(allow),
    ...loadBalancerVIPs.map(allow),
    last,
  ]);
});
