import { test } from 'vitest';
import { localTrafficInterface } from '../../../src/lint/rules/local-traffic-interface.ts';
import { nodeInput } from '../../support/cluster.ts';
import { expectErrors, expectValid, type LintCase } from '../../support/lint-harness.ts';

const nodes = [nodeInput({ spec: { podCIDR: '10.244.1.0/24' } })];
const nodeState = {
  interfaces: [
    { name: 'eth0', addresses: ['192.0.2.11/24'] },
    { name: 'cni0', addresses: ['10.244.1.1/24'] },
    { name: 'v-p1' },
  ],
};

function byPrefix(interfaceNamePrefix: string): NonNullable<LintCase['config']> {
  return { detectLocalMode: 'InterfaceNamePrefix', detectLocal: { interfaceNamePrefix } };
}

function byBridge(bridgeInterface: string): NonNullable<LintCase['config']> {
  return { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface } };
}

test('the bridge of the pods, by name or prefix', () => {
  expectValid(localTrafficInterface, { nodes, nodeState, config: byPrefix('cni') });
  expectValid(localTrafficInterface, { nodes, nodeState, config: byBridge('cni0') });
});

test('a node of which nothing is known', () => {
  expectValid(localTrafficInterface, { nodes, config: byBridge('br0') });
});

test('a prefix that names the ports of the bridge', () => {
  expectErrors(localTrafficInterface, { nodes, nodeState, config: byPrefix('v-') }, [
    [
      'Packets of Node node-a\'s pods come in by cni0, not by interfaces of the prefix "v-": none counts as a pod\'s.',
      'KubeProxyConfiguration, detectLocal.interfaceNamePrefix',
      'Node node-a',
    ],
  ]);
});

test('a bridge that is not there', () => {
  expectErrors(localTrafficInterface, { nodes, nodeState, config: byBridge('br0') }, [
    [
      'Node node-a has no interface "br0": no packet counts as a pod\'s.',
      'KubeProxyConfiguration, detectLocal.bridgeInterface',
      'Node node-a',
    ],
  ]);
});
