import { expect, test } from 'vitest';
import { serviceElements } from '../../../../src/proxier/nftables/kube-proxy/elements.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { endpointOf, local, remote } from '../../../support/model.ts';
import { nftablesRoutingOf, printPlaced } from '../../../support/nftables.ts';

function elementsOf(fields: Partial<ServicePort>, endpoints?: readonly Endpoint[]): string[] {
  return printPlaced(serviceElements(nftablesRoutingOf(fields, endpoints)).elements);
}

const name = 'ULMVA6XW-ns1/svc1/tcp/p80';
const clusterIP = 'cluster-ips { 172.30.0.41 }';
const toService = `service-ips { 172.30.0.41 . tcp . 80 : goto service-${name} }`;
const owner = 'comment "ns1/svc1:p80"';

test('a cluster IP leads to the service chain', () => {
  expect(elementsOf({})).toEqual([clusterIP, toService]);
});

test('under internal policy Local it leads to the local chain', () => {
  expect(elementsOf({ internalPolicyLocal: true }, [remote, endpointOf('10.180.0.2')])).toEqual([
    clusterIP,
    `no-endpoint-services { 172.30.0.41 . tcp . 80 ${owner} : drop }`,
  ]);
  expect(elementsOf({ internalPolicyLocal: true }, [remote, local])).toEqual([
    clusterIP,
    `service-ips { 172.30.0.41 . tcp . 80 : goto local-${name} }`,
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  ]);
});

const everything: Partial<ServicePort> = {
  nodePort: 3001,
  externalIPs: ['1.2.3.4', '1.2.3.3'],
  loadBalancerVIPs: ['5.6.7.8', '5.6.7.7'],
  loadBalancerSourceRanges: ['203.0.113.0/25'],
};

test('all addresses, in the order of kube-proxy: cluster IP, external IPs, VIPs, node port', () => {
  expect(elementsOf(everything)).toEqual([
    clusterIP,
    toService,
    `service-ips { 1.2.3.4 . tcp . 80 : goto external-${name} }`,
    `service-ips { 1.2.3.3 . tcp . 80 : goto external-${name} }`,
    `service-ips { 5.6.7.8 . tcp . 80 : goto external-${name} }`,
    `firewall-ips { 5.6.7.8 . tcp . 80 : goto firewall-${name} }`,
    `service-ips { 5.6.7.7 . tcp . 80 : goto external-${name} }`,
    `firewall-ips { 5.6.7.7 . tcp . 80 : goto firewall-${name} }`,
    `service-nodeports { tcp . 3001 : goto external-${name} }`,
  ]);
});

test('without endpoints all are rejected, by name, and the firewall is still there', () => {
  const rejected = `${owner} : goto reject-chain`;
  expect(elementsOf(everything, [])).toEqual([
    clusterIP,
    `no-endpoint-services { 172.30.0.41 . tcp . 80 ${rejected} }`,
    `no-endpoint-services { 1.2.3.4 . tcp . 80 ${rejected} }`,
    `no-endpoint-services { 1.2.3.3 . tcp . 80 ${rejected} }`,
    `firewall-ips { 5.6.7.8 . tcp . 80 : goto firewall-${name} }`,
    `firewall-ips { 5.6.7.7 . tcp . 80 : goto firewall-${name} }`,
    `no-endpoint-services { 5.6.7.8 . tcp . 80 ${rejected} }`,
    `no-endpoint-services { 5.6.7.7 . tcp . 80 ${rejected} }`,
    `no-endpoint-nodeports { tcp . 3001 ${rejected} }`,
  ]);
});

// Local traffic is short-cut to endpoints elsewhere, so both elements are there.
test('under external policy Local with endpoints elsewhere only, other traffic is dropped', () => {
  expect(elementsOf({ ...everything, externalPolicyLocal: true })).toEqual([
    clusterIP,
    toService,
    `service-ips { 1.2.3.4 . tcp . 80 : goto external-${name} }`,
    `no-endpoint-services { 1.2.3.4 . tcp . 80 ${owner} : drop }`,
    `service-ips { 1.2.3.3 . tcp . 80 : goto external-${name} }`,
    `no-endpoint-services { 1.2.3.3 . tcp . 80 ${owner} : drop }`,
    `service-ips { 5.6.7.8 . tcp . 80 : goto external-${name} }`,
    `firewall-ips { 5.6.7.8 . tcp . 80 : goto firewall-${name} }`,
    `service-ips { 5.6.7.7 . tcp . 80 : goto external-${name} }`,
    `firewall-ips { 5.6.7.7 . tcp . 80 : goto firewall-${name} }`,
    `no-endpoint-services { 5.6.7.8 . tcp . 80 ${owner} : drop }`,
    `no-endpoint-services { 5.6.7.7 . tcp . 80 ${owner} : drop }`,
    `service-nodeports { tcp . 3001 : goto external-${name} }`,
    `no-endpoint-nodeports { tcp . 3001 ${owner} : drop }`,
  ]);
});

test('the hairpin connections are those of this node’s endpoints, with their own ports', () => {
  const endpoints = [local, remote, endpointOf('10.180.0.3', { isLocal: true, port: 8080 })];
  const added = elementsOf({ protocol: 'udp' }, endpoints);
  expect(added.filter((line) => line.startsWith('hairpin'))).toEqual([
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . udp . 80 }',
    'hairpin-connections { 10.180.0.3 . 10.180.0.3 . udp . 8080 }',
  ]);
});

test('affinity changes nothing of it', () => {
  const endpoints = [remote, local];
  expect(elementsOf({ ...everything, affinitySeconds: 60 }, endpoints)).toEqual(
    elementsOf(everything, endpoints),
  );
});

test('an endpoint of policy Local alone is reachable too', () => {
  const terminating = { isLocal: true, ready: false, terminating: true };
  const endpoints = [remote, endpointOf('10.180.0.2', terminating)];
  const fields = { nodePort: 3001, externalPolicyLocal: true };
  expect(elementsOf(fields, endpoints)).toContain(
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  );
  expect(elementsOf({ nodePort: 3001 }, endpoints)).not.toContain(
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  );
});

test('in IPv6 keys are addresses without brackets', () => {
  const ipv6 = endpointOf('fd00::1', { isLocal: true });
  expect(elementsOf({ family: 'IPv6', clusterIP: 'fd00:30::41' }, [ipv6])).toEqual([
    'cluster-ips { fd00:30::41 }',
    `service-ips { fd00:30::41 . tcp . 80 : goto service-${name} }`,
    'hairpin-connections { fd00::1 . fd00::1 . tcp . 80 }',
  ]);
});

test('each says why it is there', () => {
  const { elements = [] } = serviceElements(nftablesRoutingOf(everything, [local]));
  expect(elements.map(({ element }) => element.origin.reason)).toEqual([
    'cluster IP',
    'cluster IP',
    'external IP',
    'external IP',
    'load balancer IP',
    'load balancer source ranges',
    'load balancer IP',
    'load balancer source ranges',
    'node port',
    'hairpin',
  ]);
  expect(elements.at(-1)?.element.origin).toMatchObject({
    reason: 'hairpin',
    servicePort: 'ns1/svc1:p80',
    protocol: 'tcp',
    endpoint: { address: '10.180.0.2:80', nodeName: 'node-a' },
  });
});
