import { test } from 'vitest';
import { nodeCountsAsPod } from '../../../src/lint/rules/node-counts-as-pod.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodeState = { interfaces: [{ name: 'cni0', addresses: ['10.244.1.1/24'] }] };
const config = { clusterCIDR: '10.244.0.0/16' };
const ports = [{ port: 80, nodePort: 30_080 }];
const services = [serviceInput({ type: 'NodePort', externalTrafficPolicy: 'Local', ports })];

test('policy Cluster masquerades anyway', () => {
  expectValid(nodeCountsAsPod, {
    nodeState,
    config,
    services: [serviceInput({ type: 'NodePort', ports })],
  });
});

test('no address of the node is within', () => {
  expectValid(nodeCountsAsPod, { config, services });
});

test('pods are told by their interface', () => {
  const byBridge = { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cni0' } };
  expectValid(nodeCountsAsPod, { nodeState, config: byBridge, services });
});

test("the bridge's address is within", () => {
  expectErrors(nodeCountsAsPod, { nodeState, config, services }, [
    [
      "10.244.1.1 of Node node-a is within 10.244.0.0/16: what the node sends from there counts as a pod's, and is not masqueraded on its way to Services with externalTrafficPolicy Local.",
      'Node node-a',
      'KubeProxyConfiguration, detectLocalMode',
    ],
  ]);
});
