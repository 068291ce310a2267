import { test } from 'vitest';
import type { ServiceInput } from '../../../src/index.ts';
import { sourceRangeExcludesNode } from '../../../src/lint/rules/source-range-excludes-node.ts';
import { nodeInput, serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['a', 'b'].map((letter, index) =>
  nodeInput({
    metadata: { name: `node-${letter}` },
    status: { addresses: [{ type: 'InternalIP', address: `192.0.2.1${index}` }] },
  }),
);

function restrictedTo(...loadBalancerSourceRanges: readonly string[]): ServiceInput {
  return serviceInput({
    type: 'LoadBalancer',
    ingress: [{ ip: '203.0.113.7' }],
    loadBalancerSourceRanges,
  });
}

test('ranges that hold the node', () => {
  expectValid(sourceRangeExcludesNode, { nodes, services: [restrictedTo('192.0.2.10/32')] });
});

test('no ranges', () => {
  expectValid(sourceRangeExcludesNode, { nodes, services: [restrictedTo()] });
});

test('ranges that hold one of two nodes', () => {
  const objects = 'Service ns1/svc1, spec.loadBalancerSourceRanges';
  expectErrors(
    sourceRangeExcludesNode,
    { nodes, nodeName: '', services: [restrictedTo('192.0.2.10/32')] },
    [
      [
        "The source ranges hold no IPv4 address of node-b: what runs there in the host's network cannot call the load balancer's IP.",
        objects,
      ],
    ],
  );
  expectErrors(sourceRangeExcludesNode, { nodes, services: [restrictedTo('198.51.100.0/24')] }, [
    [
      "The source ranges hold no IPv4 address of node-a: what runs there in the host's network cannot call the load balancer's IP.",
      objects,
    ],
  ]);
});
