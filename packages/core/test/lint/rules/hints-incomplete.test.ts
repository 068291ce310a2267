import { test } from 'vitest';
import { hintsIncomplete } from '../../../src/lint/rules/hints-incomplete.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput()];
const hinted = { addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'z1' }] } };
const bare = { addresses: ['10.0.0.2'] };

test('all have hints, or none', () => {
  expectValid(hintsIncomplete, { services, endpointSlices: [sliceInput({ endpoints: [hinted] })] });
  expectValid(hintsIncomplete, { services, endpointSlices: [sliceInput({ endpoints: [bare] })] });
});

test('one that is not ready needs none; the families are on their own', () => {
  const endpoints = [hinted, { ...bare, conditions: { ready: false } }];
  const ipv6 = sliceInput({
    name: 'b',
    addressType: 'IPv6',
    endpoints: [{ addresses: ['fd00::1'] }],
  });
  expectValid(hintsIncomplete, { services, endpointSlices: [sliceInput({ endpoints }), ipv6] });
});

test('one lacks them', () => {
  expectErrors(
    hintsIncomplete,
    {
      services,
      endpointSlices: [
        sliceInput({ endpoints: [hinted] }),
        sliceInput({ name: 'b', endpoints: [bare] }),
      ],
    },
    [
      [
        '1 ready endpoint of this Service has no zone hint, so those of the other 1 are ignored.',
        'EndpointSlice ns1/b, endpoints[0]',
      ],
    ],
  );
});
