import { test } from 'vitest';
import { portWithoutSlice } from '../../../src/lint/rules/port-without-slice.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const endpoints = [{ addresses: ['10.0.0.1'] }];

test('every port is in a slice', () => {
  expectValid(portWithoutSlice, {
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints })],
  });
});

test('a Service without endpoints has other problems', () => {
  expectValid(portWithoutSlice, {
    services: [serviceInput()],
    endpointSlices: [sliceInput({ ports: [] })],
  });
});

test('a name that no slice has', () => {
  expectErrors(
    portWithoutSlice,
    {
      services: [
        serviceInput({
          ports: [
            { name: 'p80', port: 80 },
            { name: 'http', port: 81 },
          ],
        }),
      ],
      endpointSlices: [
        sliceInput({
          endpoints,
          ports: [
            { name: 'p80', port: 80 },
            { name: 'htp', port: 81 },
          ],
        }),
      ],
    },
    [
      [
        'No EndpointSlice of this Service has a port "http" for TCP: this port has no endpoints. They have p80 TCP, htp TCP; did you mean "htp"?',
        'Service ns1/svc1, spec.ports[1]',
      ],
    ],
  );
});

test('a port without a name beside one of another protocol', () => {
  expectErrors(
    portWithoutSlice,
    {
      services: [serviceInput({ ports: [{ port: 53 }] })],
      endpointSlices: [sliceInput({ endpoints, ports: [{ port: 53, protocol: 'UDP' }] })],
    },
    [
      [
        'No EndpointSlice of this Service has a port without a name for TCP: this port has no endpoints. They have UDP.',
        'Service ns1/svc1, spec.ports[0]',
      ],
    ],
  );
});
