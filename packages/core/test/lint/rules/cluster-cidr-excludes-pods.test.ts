import { test } from 'vitest';
import type { EndpointSliceInput } from '../../../src/index.ts';
import { clusterCIDRExcludesPods } from '../../../src/lint/rules/cluster-cidr-excludes-pods.ts';
import { nodeInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const config = { clusterCIDR: '10.244.0.0/16,fd00::/56' };

function slice(address: string, nodeName?: string): EndpointSliceInput {
  return sliceInput({
    endpoints: [{ addresses: [address], ...(nodeName !== undefined && { nodeName }) }],
  });
}

test('pods within, host-network endpoints and addresses of no Node outside', () => {
  const status = { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] };
  const nodes = [nodeInput({ spec: { podCIDRs: ['10.244.1.0/24', 'fd00:0:0:1::/64'] }, status })];
  const endpointSlices = [
    slice('10.244.1.7', 'node-a'),
    { ...slice('192.0.2.11', 'node-a'), metadata: { ...slice('').metadata, name: 'b' } },
    { ...slice('198.51.100.1'), metadata: { ...slice('').metadata, name: 'c' } },
  ];
  expectValid(clusterCIDRExcludesPods, { config, nodes, endpointSlices });
});

test('another way to tell local traffic', () => {
  const nodes = [nodeInput({ spec: { podCIDR: '10.9.1.0/24' } })];
  expectValid(clusterCIDRExcludesPods, {
    config: { ...config, detectLocalMode: 'NodeCIDR' },
    nodes,
  });
});

test("Nodes' pod CIDRs outside", () => {
  const nodes = ['node-a', 'node-b'].map((name, index) =>
    nodeInput({ metadata: { name }, spec: { podCIDR: `10.9.${index}.0/24` } }),
  );
  expectErrors(clusterCIDRExcludesPods, { config, nodes, nodeName: '' }, [
    [
      "The pod CIDR 10.9.0.0/24 of Node node-a is outside of clusterCIDR 10.244.0.0/16, as 1 more of the Nodes' are: to kube-proxy its pods are clients from outside the cluster.",
      'KubeProxyConfiguration, clusterCIDR',
      'Node node-a, spec',
    ],
  ]);
});

test('endpoints on Nodes outside', () => {
  const endpoints = ['10.9.0.1', '10.244.0.1', '10.9.0.2'].map((address) => ({
    addresses: [address],
    nodeName: 'node-a',
  }));
  expectErrors(clusterCIDRExcludesPods, { config, endpointSlices: [sliceInput({ endpoints })] }, [
    [
      "The endpoint 10.9.0.1 and 1 more endpoint of the cluster's Nodes are outside of clusterCIDR 10.244.0.0/16: to kube-proxy such pods are clients from outside the cluster.",
      'KubeProxyConfiguration, clusterCIDR',
      'EndpointSlice ns1/svc1-a, endpoints[0].addresses[0]',
    ],
  ]);
});

test('a narrow range is judged address by address', () => {
  const endpointSlices = [slice('10.244.0.200', 'node-a')];
  expectErrors(
    clusterCIDRExcludesPods,
    { config: { clusterCIDR: '10.244.0.0/25' }, endpointSlices },
    [
      [
        "The endpoint 10.244.0.200 of the cluster's Nodes is outside of clusterCIDR 10.244.0.0/25: to kube-proxy such pods are clients from outside the cluster.",
        'KubeProxyConfiguration, clusterCIDR',
        'EndpointSlice ns1/svc1-a, endpoints[0].addresses[0]',
      ],
    ],
  );
});
