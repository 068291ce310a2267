import { test } from 'vitest';
import type { EndpointSliceInput } from '../../../src/index.ts';
import { zoneWithoutHint } from '../../../src/lint/rules/zone-without-hint.ts';
import { nodeInput, serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['z1', 'z2', ''].map((zone, index) =>
  nodeInput({
    metadata: {
      name: `node-${index}`,
      labels: zone === '' ? {} : { 'topology.kubernetes.io/zone': zone },
    },
  }),
);
const services = [serviceInput()];

function hintedFor(...zones: readonly string[]): EndpointSliceInput {
  const hints = { forZones: zones.map((name) => ({ name })) };
  return sliceInput({ endpoints: [{ addresses: ['10.0.0.1'], hints }] });
}

test("the wanted node's zone has a hint; without hints there is nothing to miss", () => {
  expectValid(zoneWithoutHint, {
    nodes,
    services,
    endpointSlices: [hintedFor('z2')],
    nodeName: 'node-1',
  });
  expectValid(zoneWithoutHint, { nodes, services, endpointSlices: [hintedFor()], nodeName: '' });
});

test('zones without, and a Node in no zone', () => {
  expectErrors(
    zoneWithoutHint,
    { nodes, services, endpointSlices: [hintedFor('z2')], nodeName: '' },
    [
      [
        'No ready endpoint is hinted for the zones (none), "z1": nodes there use the endpoints of all zones.',
        'Service ns1/svc1',
      ],
    ],
  );
});
