import { test } from 'vitest';
import { endpointNodeUnknown } from '../../../src/lint/rules/endpoint-node-unknown.ts';
import { sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('endpoints on Nodes, and without one', () => {
  const endpoints = [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }, { addresses: ['10.0.0.2'] }];
  expectValid(endpointNodeUnknown, { endpointSlices: [sliceInput({ endpoints })] });
});

test('a snapshot without Nodes', () => {
  const endpoints = [{ addresses: ['10.0.0.1'], nodeName: 'node-b' }];
  expectValid(endpointNodeUnknown, { nodes: [], endpointSlices: [sliceInput({ endpoints })] });
});

test('Nodes that are not there, each told once', () => {
  const endpoints = [on('node-b', '10.0.0.1'), on('Node-A', '10.0.0.2'), on('node-b', '10.0.0.3')];
  expectErrors(endpointNodeUnknown, { endpointSlices: [sliceInput({ endpoints })] }, [
    [
      'There is no Node "node-b", on which 2 endpoints should be: to policy Local they are on no node.',
      'EndpointSlice ns1/svc1-a, endpoints[0].nodeName',
    ],
    [
      'There is no Node "Node-A", on which 1 endpoint should be: to policy Local it is on no node; did you mean "node-a"?',
      'EndpointSlice ns1/svc1-a, endpoints[1].nodeName',
    ],
  ]);
});

function on(nodeName: string, address: string): { addresses: string[]; nodeName: string } {
  return { addresses: [address], nodeName };
}
