import { test } from 'vitest';
import { sliceWithoutService } from '../../../src/lint/rules/slice-without-service.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('the Service is there, if only a headless one', () => {
  expectValid(sliceWithoutService, {
    services: [serviceInput({ clusterIP: 'None' })],
    endpointSlices: [sliceInput({})],
  });
});

test('a snapshot without any Service', () => {
  expectValid(sliceWithoutService, { endpointSlices: [sliceInput({})] });
});

test('the Service is not there', () => {
  expectErrors(
    sliceWithoutService,
    {
      services: [serviceInput({ metadata: { name: 'svc2' } })],
      endpointSlices: [sliceInput({})],
    },
    [
      [
        'There is no Service "ns1/svc1", to which the slice belongs: its endpoints are used by nobody.',
        'EndpointSlice ns1/svc1-a, metadata.labels["kubernetes.io/service-name"]',
      ],
    ],
  );
});
