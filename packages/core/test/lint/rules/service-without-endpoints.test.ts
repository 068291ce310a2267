import { test } from 'vitest';
import { serviceWithoutEndpoints } from '../../../src/lint/rules/service-without-endpoints.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('an endpoint that is ready, or at least serves', () => {
  expectValid(serviceWithoutEndpoints, {
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.0.0.1'] }] })],
  });
  const conditions = { ready: false, serving: true, terminating: true };
  expectValid(serviceWithoutEndpoints, {
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.0.0.1'], conditions }] })],
  });
});

test('a snapshot without any slice says nothing of endpoints', () => {
  expectValid(serviceWithoutEndpoints, { services: [serviceInput()] });
});

test('endpoints of other ports only are the business of another rule', () => {
  const ports = [{ name: 'p81', port: 81 }];
  expectValid(serviceWithoutEndpoints, {
    services: [serviceInput()],
    endpointSlices: [sliceInput({ ports, endpoints: [{ addresses: ['10.0.0.1'] }] })],
  });
});

test('no endpoint at all, and none that is ready', () => {
  const conditions = { ready: false };
  expectErrors(
    serviceWithoutEndpoints,
    {
      services: [
        serviceInput(),
        serviceInput({ metadata: { name: 'svc2' }, clusterIP: '172.30.0.42' }),
      ],
      endpointSlices: [
        sliceInput({
          endpoints: [
            { addresses: ['10.0.0.1'], conditions },
            { addresses: ['10.0.0.2'], conditions },
          ],
        }),
      ],
    },
    [
      ['None of 2 endpoints of the Service is ready: its clients are refused.', 'Service ns1/svc1'],
      ['The Service has no endpoints: its clients are refused.', 'Service ns1/svc2'],
    ],
  );
});
