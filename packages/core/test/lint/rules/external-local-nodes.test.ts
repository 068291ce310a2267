import { test } from 'vitest';
import { externalLocalNodes } from '../../../src/lint/rules/external-local-nodes.ts';
import { nodeInput, serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['node-a', 'node-b'].map((name) => nodeInput({ metadata: { name } }));
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }] }),
];
const local = serviceInput({
  type: 'NodePort',
  externalTrafficPolicy: 'Local',
  ports: [{ name: 'p80', port: 80, nodePort: 30_080 }],
});

test('the wanted node has an endpoint', () => {
  expectValid(externalLocalNodes, { nodes, endpointSlices, services: [local] });
});

test('policy Cluster, or no endpoint anywhere', () => {
  const services = [serviceInput({ type: 'NodePort' })];
  expectValid(externalLocalNodes, { nodes, endpointSlices, services, nodeName: '' });
  expectValid(externalLocalNodes, { nodes, services: [local], nodeName: '' });
});

test('a node without', () => {
  expectErrors(externalLocalNodes, { nodes, endpointSlices, services: [local], nodeName: '' }, [
    [
      'node-b has no endpoint of this Service: with externalTrafficPolicy Local, what comes in there from outside the cluster is dropped.',
      'Service ns1/svc1, spec.externalTrafficPolicy',
    ],
  ]);
});
