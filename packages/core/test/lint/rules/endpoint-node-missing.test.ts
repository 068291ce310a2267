import { test } from 'vitest';
import { endpointNodeMissing } from '../../../src/lint/rules/endpoint-node-missing.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const endpointSlices = [
  sliceInput({
    endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }, { addresses: ['10.0.0.2'] }],
  }),
];

test('policy Cluster needs no node names', () => {
  expectValid(endpointNodeMissing, { services: [serviceInput()], endpointSlices });
});

test('policy Local, and every endpoint has one', () => {
  const endpoints = [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }];
  expectValid(endpointNodeMissing, {
    services: [serviceInput({ internalTrafficPolicy: 'Local' })],
    endpointSlices: [sliceInput({ endpoints })],
  });
});

test.for([
  { internalTrafficPolicy: 'Local' },
  { type: 'NodePort', externalTrafficPolicy: 'Local' },
])('%j: an endpoint without one', (fields) => {
  expectErrors(endpointNodeMissing, { services: [serviceInput(fields)], endpointSlices }, [
    [
      '1 endpoint of this Service has no nodeName: under policy Local it serves no node.',
      'EndpointSlice ns1/svc1-a, endpoints[1]',
      'Service ns1/svc1',
    ],
  ]);
});
