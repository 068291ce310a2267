import { parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { endpointNodes } from '../../src/output/endpoint-nodes.ts';

const { snapshot } = parseSnapshot(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: a, namespace: prod, labels: { kubernetes.io/service-name: web } }
ports: [{ port: 8080 }]
endpoints: [{ addresses: [10.244.1.5], nodeName: node-a }, { addresses: [10.244.1.6] }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv6
metadata: { name: b, namespace: prod, labels: { kubernetes.io/service-name: web } }
ports: [{ port: 8080 }]
endpoints: [{ addresses: ["fd00::5"], nodeName: node-b }]
`);

test('endpoints have nodes by their addresses, as far as slices tell', () => {
  const nodes = ['10.244.1.5:8080', '[fd00::5]:8080', 'fd00::5', '10.244.1.6:8080', '10.0.0.1:80'];
  expect(nodes.map(endpointNodes(snapshot))).toEqual([
    'node-a',
    'node-b',
    undefined,
    undefined,
    undefined,
  ]);
  expect(endpointNodes(undefined)('10.244.1.5:8080')).toBeUndefined();
});
