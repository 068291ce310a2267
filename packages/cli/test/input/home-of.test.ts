import { parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { homeOf } from '../../src/input/home-of.ts';

const { snapshot } = parseSnapshot(`
apiVersion: v1
kind: Node
metadata: { name: node-a }
spec: { podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24, "fd00:10:244:1::/64"] }
---
apiVersion: v1
kind: Node
metadata: { name: node-b }
spec: { podCIDR: 10.244.2.0/24 }
---
apiVersion: v1
kind: Node
metadata: { name: node-c }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: web-a, namespace: prod, labels: { kubernetes.io/service-name: web } }
ports: [{ name: http, port: 8080 }]
endpoints: [{ addresses: [10.244.2.6], nodeName: node-c }, { addresses: [10.244.2.7] }]
`);

test.for([
  ['10.244.1.200', 'node-a'],
  ['fd00:10:244:1::9', 'node-a'],
  ['10.244.2.7', 'node-b'],
  // What a slice says is nearer than a range.
  ['10.244.2.6', 'node-c'],
  ['198.51.100.9', undefined],
  ['node', undefined],
] as const)('%s is at home on %s', ([address, node]) => {
  expect(homeOf(address, snapshot)).toBe(node);
});
