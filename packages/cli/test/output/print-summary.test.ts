import { compile, parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { printSummary } from '../../src/output/print-summary.ts';
import { clusterText, largeCluster } from '../support/cluster.ts';

test.for([
  {
    cluster: {},
    text: 'node-a, iptables mode: 0 services, 0 ports, 0 endpoints -> 23 rules IPv4, 22 rules IPv6',
  },
  {
    cluster: { 'prod/web': ['10.244.1.5'] },
    text: 'node-a, iptables mode: 1 service, 1 port, 1 endpoint -> 27 rules IPv4, 22 rules IPv6',
  },
  {
    cluster: largeCluster(1200, 10),
    text: 'node-a, iptables mode: 1,200 services, 1,200 ports, 2,400 endpoints -> 8,423 rules IPv4, 22 rules IPv6',
  },
])('$text', ({ cluster, text }) => {
  const { snapshot } = parseSnapshot(clusterText(cluster));
  expect(printSummary(compile(snapshot, 'iptables'))).toBe(text);
});

test('a hostile node name cannot act on a terminal', () => {
  const { snapshot } = parseSnapshot('kind: Secret\napiVersion: v1', { nodeName: 'a\u001b[31m' });
  expect(printSummary(compile(snapshot, 'iptables'))).toContain('a\\u001b[31m, iptables mode');
});

test('in ipvs mode virtual servers and set entries are counted too', () => {
  const { snapshot } = parseSnapshot(clusterText({ 'prod/web': ['10.244.1.5'] }));
  expect(printSummary(compile(snapshot, 'ipvs'))).toMatch(
    /^node-a, ipvs mode: 1 service, 1 port, 1 endpoint -> 1 virtual server, \d+ set entries, 29 rules IPv4, 26 rules IPv6$/,
  );
});

test('in userspace mode listeners are counted too', () => {
  const { snapshot } = parseSnapshot(clusterText({ 'prod/web': ['10.244.1.5'] }));
  expect(printSummary(compile(snapshot, 'userspace'))).toBe(
    'node-a, userspace mode: 1 service, 1 port, 1 endpoint -> 1 listener, 7 rules IPv4, 5 rules IPv6',
  );
});

test('in nftables mode the elements of sets and maps are counted too, of both families', () => {
  const { snapshot } = parseSnapshot(clusterText({ 'prod/web': ['10.244.1.5'] }));
  // A cluster IP, where it leads to, a hairpin connection; 20 rules that every node has.
  expect(printSummary(compile(snapshot, 'nftables'))).toBe(
    'node-a, nftables mode: 1 service, 1 port, 1 endpoint -> 3 elements, 21 rules IPv4, 20 rules IPv6',
  );
});
