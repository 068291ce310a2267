import { expect, test } from 'vitest';
import { loadBalancerRules } from '../../../src/proxier/iptables/load-balancer.ts';
import { printRules, reasonsOf, remote, routingOf } from '../../support/model.ts';

const loadBalancerVIPs = ['5.6.7.8', '5.6.7.7'];
const guarded = { loadBalancerVIPs, loadBalancerSourceRanges: ['203.0.113.0/25'] };

function accept(ip: string, chain: string): string {
  return `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 loadbalancer IP" -m tcp -p tcp -d ${ip} --dport 80 -j KUBE-${chain}-XPGD46QRK7WJZT7O`;
}

function notAccepted(ip: string): string {
  return `-A KUBE-PROXY-FIREWALL -m comment --comment "ns1/svc1:p80 traffic not accepted by KUBE-FW-XPGD46QRK7WJZT7O" -m tcp -p tcp -d ${ip} --dport 80 -j DROP`;
}

function refuse(ip: string, why: string, target: string): string {
  return `-A KUBE-EXTERNAL-SERVICES -m comment --comment "ns1/svc1:p80 ${why}" -m tcp -p tcp -d ${ip} --dport 80 -j ${target}`;
}

test('traffic for each address goes to the external chain, in the order of the status', () => {
  const { natRules, filterRules } = loadBalancerRules(routingOf({ loadBalancerVIPs }));
  expect(printRules(natRules)).toEqual(loadBalancerVIPs.map((ip) => accept(ip, 'EXT')));
  expect(printRules(filterRules)).toEqual([]);
});

test('with source ranges it goes through the firewall chain, and what comes back is dropped', () => {
  const { natRules, filterRules } = loadBalancerRules(routingOf(guarded));
  expect(printRules(natRules)).toEqual(loadBalancerVIPs.map((ip) => accept(ip, 'FW')));
  expect(printRules(filterRules)).toEqual(loadBalancerVIPs.map(notAccepted));
  expect(reasonsOf(filterRules)).toEqual(loadBalancerVIPs.map(() => 'load balancer source ranges'));
});

test('without endpoints it is refused, and there is nothing to guard', () => {
  const { natRules, filterRules } = loadBalancerRules(routingOf(guarded, []));
  expect(printRules(natRules)).toEqual([]);
  expect(printRules(filterRules)).toEqual(
    loadBalancerVIPs.map((ip) => refuse(ip, 'has no endpoints', 'REJECT')),
  );
});

test('under policy Local without an endpoint here, refusals stand after the firewall’s rules', () => {
  const routing = routingOf({ ...guarded, externalPolicyLocal: true }, [remote]);
  expect(printRules(loadBalancerRules(routing).filterRules)).toEqual([
    ...loadBalancerVIPs.map(notAccepted),
    ...loadBalancerVIPs.map((ip) => refuse(ip, 'has no local endpoints', 'DROP')),
  ]);
});
