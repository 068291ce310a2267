import { expect, test } from 'vitest';
import { externalIPRules } from '../../../src/proxier/iptables/external-ip.ts';
import { printRules, remote, routingOf } from '../../support/model.ts';

const externalIPs = ['198.51.100.8', '198.51.100.7'];

function accept(ip: string): string {
  return `-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 external IP" -m tcp -p tcp -d ${ip} --dport 80 -j KUBE-EXT-XPGD46QRK7WJZT7O`;
}

function refuse(ip: string, why: string, target: string): string {
  return `-A KUBE-EXTERNAL-SERVICES -m comment --comment "ns1/svc1:p80 ${why}" -m tcp -p tcp -d ${ip} --dport 80 -j ${target}`;
}

test('a service port without external IPs has no such rules', () => {
  expect(externalIPRules(routingOf())).toEqual({ natRules: [], filterRules: [] });
});

test('traffic for each external IP goes to the external chain, in the order of the Service', () => {
  const { natRules, filterRules } = externalIPRules(routingOf({ externalIPs }));
  expect(printRules(natRules)).toEqual(externalIPs.map(accept));
  expect(printRules(filterRules)).toEqual([]);
});

test('without endpoints it is refused', () => {
  const { natRules, filterRules } = externalIPRules(routingOf({ externalIPs }, []));
  expect(printRules(natRules)).toEqual([]);
  expect(printRules(filterRules)).toEqual(
    externalIPs.map((ip) => refuse(ip, 'has no endpoints', 'REJECT')),
  );
});

test('under policy Local without an endpoint here there are both rules', () => {
  const routing = routingOf({ externalIPs, externalPolicyLocal: true }, [remote]);
  const { natRules, filterRules } = externalIPRules(routing);
  expect(printRules(natRules)).toEqual(externalIPs.map(accept));
  expect(printRules(filterRules)).toEqual(
    externalIPs.map((ip) => refuse(ip, 'has no local endpoints', 'DROP')),
  );
});
