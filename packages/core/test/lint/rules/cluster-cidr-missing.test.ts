import { test } from 'vitest';
import { clusterCIDRMissing } from '../../../src/lint/rules/cluster-cidr-missing.ts';
import { nodeInput, serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput()];

test('a CIDR of each family in which there are Services', () => {
  expectValid(clusterCIDRMissing, { services, config: { clusterCIDR: '10.0.0.0/8' } });
});

test('told by an interface', () => {
  const config = { detectLocalMode: 'BridgeInterface', detectLocal: { bridgeInterface: 'cni0' } };
  expectValid(clusterCIDRMissing, { services, config });
});

test('told by the pod CIDR of each Node', () => {
  const nodes = [nodeInput({ spec: { podCIDR: '10.0.1.0/24' } })];
  expectValid(clusterCIDRMissing, { services, nodes, config: { detectLocalMode: 'NodeCIDR' } });
});

test('no CIDR of a family', () => {
  expectErrors(clusterCIDRMissing, { services, config: { clusterCIDR: 'fd00::/64' } }, [
    [
      'clusterCIDR has no IPv4 CIDR: pods cannot be told from other clients, so nothing that comes to IPv4 cluster IPs from outside the cluster is masqueraded.',
      'KubeProxyConfiguration, clusterCIDR',
    ],
  ]);
});

test('a Node without a pod CIDR', () => {
  const nodes = [
    nodeInput({ spec: { podCIDR: '10.0.1.0/24' } }),
    nodeInput({ metadata: { name: 'node-b' }, spec: { podCIDR: 'fd00::/64' } }),
  ];
  expectErrors(
    clusterCIDRMissing,
    { services, nodes, nodeName: '', config: { detectLocalMode: 'NodeCIDR' } },
    [
      [
        'detectLocalMode is NodeCIDR, but Node node-b has no IPv4 pod CIDR: its pods cannot be told from other clients.',
        'Node node-b, spec',
        'KubeProxyConfiguration, detectLocalMode',
      ],
    ],
  );
});
