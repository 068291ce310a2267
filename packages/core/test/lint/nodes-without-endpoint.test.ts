import { expect, test } from 'vitest';
import { createLintContext } from '../../src/lint/lint-context.ts';
import { nodesWithoutEndpoint } from '../../src/lint/nodes-without-endpoint.ts';
import type { EndpointSliceInput } from '../../src/index.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveFamily } from '../../src/service/resolve-family.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

type Endpoints = NonNullable<EndpointSliceInput['endpoints']>;

function without(endpoints: Endpoints): string[] {
  const nodes = ['node-a', 'node-b', 'node-c'].map((name) => nodeInput({ metadata: { name } }));
  const input = { nodes, services: [serviceInput()], endpointSlices: [sliceInput({ endpoints })] };
  const snapshot = { ...snapshotOf(input), nodeName: '' };
  const families = [resolveFamily(snapshot, 'IPv4', behaviourOf('1.36', {}))];
  const context = createLintContext(snapshot, 'iptables', families);
  return context.services.flatMap((served) => nodesWithoutEndpoint(served, context));
}

test('an endpoint counts that is ready, or serves while it terminates', () => {
  const draining = { ready: false, serving: true, terminating: true };
  expect(
    without([
      { addresses: ['10.0.0.1'], nodeName: 'node-a' },
      { addresses: ['10.0.0.2'], nodeName: 'node-b', conditions: draining },
      { addresses: ['10.0.0.3'], nodeName: 'node-c', conditions: { ready: false } },
    ]),
  ).toEqual(['node-c']);
});

test('where there is none at all, no node is missing one', () => {
  expect(without([])).toEqual([]);
});
