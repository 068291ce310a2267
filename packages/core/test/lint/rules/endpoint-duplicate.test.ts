import { test } from 'vitest';
import { endpointDuplicate } from '../../../src/lint/rules/endpoint-duplicate.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput()];
const [one, two] = [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }];

test('every address once', () => {
  expectValid(endpointDuplicate, {
    services,
    endpointSlices: [sliceInput({ endpoints: [one] }), sliceInput({ name: 'b', endpoints: [two] })],
  });
});

test('one pod with two ports in two slices', () => {
  const ports = [{ name: 'p81', port: 81 }];
  expectValid(endpointDuplicate, {
    services,
    endpointSlices: [
      sliceInput({ endpoints: [one] }),
      sliceInput({ name: 'b', ports, endpoints: [one] }),
    ],
  });
});

test('addresses in two slices', () => {
  expectErrors(
    endpointDuplicate,
    {
      services,
      endpointSlices: [
        sliceInput({ endpoints: [one, two] }),
        sliceInput({ name: 'b', endpoints: [two, one] }),
      ],
    },
    [
      [
        'The endpoint 10.0.0.2 is there twice, as 1 other of this Service: kube-proxy takes one of the two, and ignores what the other says of readiness, node and hints.',
        'EndpointSlice ns1/b, endpoints[0].addresses[0]',
        'EndpointSlice ns1/svc1-a, endpoints[1].addresses[0]',
      ],
    ],
  );
});
