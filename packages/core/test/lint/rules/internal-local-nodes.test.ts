import { test } from 'vitest';
import { internalLocalNodes } from '../../../src/lint/rules/internal-local-nodes.ts';
import { nodeInput, serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['node-a', 'node-b'].map((name) => nodeInput({ metadata: { name } }));
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }] }),
];
const services = [serviceInput({ internalTrafficPolicy: 'Local' })];

test('the wanted node has an endpoint; policy Cluster needs none', () => {
  expectValid(internalLocalNodes, { nodes, endpointSlices, services });
  expectValid(internalLocalNodes, {
    nodes,
    endpointSlices,
    services: [serviceInput()],
    nodeName: '',
  });
});

test('in ipvs mode a Service with node ports is delivered to other nodes', () => {
  const ports = [{ name: 'p80', port: 80, nodePort: 30_080 }];
  const external = serviceInput({ type: 'NodePort', internalTrafficPolicy: 'Local', ports });
  expectValid(internalLocalNodes, {
    nodes,
    endpointSlices,
    services: [external],
    nodeName: 'node-b',
    mode: 'ipvs',
  });
});

test.for([
  ['nftables', 'dropped'],
  ['ipvs', 'refused'],
] as const)('%s mode: what happens on a node without', ([mode, verb]) => {
  expectErrors(internalLocalNodes, { nodes, endpointSlices, services, nodeName: '', mode }, [
    [
      `node-b has no endpoint of this Service: with internalTrafficPolicy Local, calls by its cluster IP are ${verb} there.`,
      'Service ns1/svc1, spec.internalTrafficPolicy',
    ],
  ]);
});
