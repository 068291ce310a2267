import { test } from 'vitest';
import { hairpinBridge } from '../../../src/lint/rules/hairpin-bridge.ts';
import { nodeInput, serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['node-a', 'node-b'].map((name, index) =>
  nodeInput({ metadata: { name }, spec: { podCIDR: `10.244.${index}.0/24` } }),
);
const nodeState = {
  nodeName: 'node-a',
  interfaces: [{ name: 'cni0', addresses: ['10.244.0.1/24'] }],
};
const services = [serviceInput()];
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.244.0.7'], nodeName: 'node-a' }] }),
];

test('no bridge, or no endpoint behind it', () => {
  expectValid(hairpinBridge, { nodes, services, endpointSlices });
  expectValid(hairpinBridge, { nodes, services, nodeState });
});

test('a bridge that has an address among the pods', () => {
  expectErrors(hairpinBridge, { nodes, services, endpointSlices, nodeState, nodeName: '' }, [
    [
      'Pods of node-a are behind the bridge cni0: one that is given itself by a Service gets an answer only if its port of the bridge is in hairpin mode.',
      'Node node-a',
    ],
  ]);
});

test('a bridge that the configuration names', () => {
  const config = { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'br0' } };
  expectErrors(hairpinBridge, { nodes, services, endpointSlices, config }, [
    [
      'Pods of node-a are behind the bridge br0: one that is given itself by a Service gets an answer only if its port of the bridge is in hairpin mode.',
      'Node node-a',
    ],
  ]);
});
