import { expect, test } from 'vitest';
import { healthCheckRules, nodePortRules } from '../../../src/proxier/iptables/node-port.ts';
import { contextOf, printRules, remote, routingOf } from '../../support/model.ts';

const nodePort = 3001;
const accept =
  '-A KUBE-NODEPORTS -m comment --comment ns1/svc1:p80 -m tcp -p tcp --dport 3001 -j KUBE-EXT-XPGD46QRK7WJZT7O';

function refuse(why: string, target: string): string {
  return `-A KUBE-EXTERNAL-SERVICES -m comment --comment "ns1/svc1:p80 ${why}" -m addrtype --dst-type LOCAL -m tcp -p tcp --dport 3001 -j ${target}`;
}

test('a service port without a node port has no such rules', () => {
  expect(nodePortRules(routingOf(), contextOf())).toEqual({});
});

test('traffic for the node port goes to the external chain; the comment needs no quotes', () => {
  const { natRules, filterRules } = nodePortRules(routingOf({ nodePort }), contextOf());
  expect(printRules(natRules)).toEqual([accept]);
  expect(printRules(filterRules)).toEqual([]);
});

test('where nfacct counts, traffic to loopback is counted first', () => {
  const { natRules } = nodePortRules(
    routingOf({ nodePort }),
    contextOf({ countsLocalhostNodePorts: true }),
  );
  expect(printRules(natRules)).toEqual([
    '-A KUBE-NODEPORTS -m comment --comment ns1/svc1:p80 -m tcp -p tcp -d 127.0.0.0/8 --dport 3001 -m nfacct --nfacct-name localhost_nps_accepted_pkts -j KUBE-EXT-XPGD46QRK7WJZT7O',
    accept,
  ]);
});

test('without endpoints it is refused at the addresses of the node', () => {
  const { natRules, filterRules } = nodePortRules(routingOf({ nodePort }, []), contextOf());
  expect(printRules(natRules)).toEqual([]);
  expect(printRules(filterRules)).toEqual([refuse('has no endpoints', 'REJECT')]);
});

test('under policy Local without an endpoint here there are both rules', () => {
  const routing = routingOf({ nodePort, externalPolicyLocal: true }, [remote]);
  const { natRules, filterRules } = nodePortRules(routing, contextOf());
  expect(printRules(natRules)).toEqual([accept]);
  expect(printRules(filterRules)).toEqual([refuse('has no local endpoints', 'DROP')]);
});

test('the health check port is accepted by TCP, whatever the service port’s protocol', () => {
  const { filterRules } = healthCheckRules(
    routingOf({ protocol: 'udp', healthCheckNodePort: 30000 }, []),
  );
  expect(printRules(filterRules)).toEqual([
    '-A KUBE-NODEPORTS -m comment --comment "ns1/svc1:p80 health check node port" -m tcp -p tcp --dport 30000 -j ACCEPT',
  ]);
});

test('without a health check port there is no such rule', () => {
  expect(healthCheckRules(routingOf())).toEqual({});
});
