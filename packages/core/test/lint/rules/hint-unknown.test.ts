import { test } from 'vitest';
import type { EndpointSliceInput } from '../../../src/index.ts';
import { hintUnknown } from '../../../src/lint/rules/hint-unknown.ts';
import { nodeInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = [
  nodeInput({ metadata: { name: 'node-a', labels: { 'topology.kubernetes.io/zone': 'z1' } } }),
];

function hintedFor(
  hints: NonNullable<NonNullable<EndpointSliceInput['endpoints']>[number]['hints']>,
): EndpointSliceInput {
  return sliceInput({
    endpoints: [
      { addresses: ['10.0.0.1'], hints },
      { addresses: ['10.0.0.2'], hints },
    ],
  });
}

test('hints for a zone and a Node that exist', () => {
  const hints = { forZones: [{ name: 'z1' }], forNodes: [{ name: 'node-a' }] };
  expectValid(hintUnknown, { nodes, endpointSlices: [hintedFor(hints)] });
});

test('a snapshot without Nodes', () => {
  expectValid(hintUnknown, {
    nodes: [],
    endpointSlices: [hintedFor({ forZones: [{ name: 'z1' }] })],
  });
});

test('hints for places that do not exist', () => {
  const hints = { forZones: [{ name: 'z1' }, { name: 'z2' }], forNodes: [{ name: 'node-b' }] };
  expectErrors(hintUnknown, { nodes, endpointSlices: [hintedFor(hints)] }, [
    [
      'No Node is in the zone "z2", for which 2 endpoints are hinted.',
      'EndpointSlice ns1/svc1-a, endpoints[0].hints.forZones[1].name',
    ],
    [
      'There is no Node "node-b", for which 2 endpoints are hinted.',
      'EndpointSlice ns1/svc1-a, endpoints[0].hints.forNodes[0].name',
    ],
  ]);
});
