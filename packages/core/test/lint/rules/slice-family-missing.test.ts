import { test } from 'vitest';
import { sliceFamilyMissing } from '../../../src/lint/rules/slice-family-missing.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [
  serviceInput({ clusterIPs: ['172.30.0.41', 'fd00::41'], ipFamilies: ['IPv4', 'IPv6'] }),
];
const ipv4 = sliceInput({ endpoints: [{ addresses: ['10.0.0.1'] }] });
const ipv6 = sliceInput({
  name: 'svc1-b',
  addressType: 'IPv6',
  endpoints: [{ addresses: ['fd00::1'] }],
});

test('endpoints of both families, or none at all', () => {
  expectValid(sliceFamilyMissing, { services, endpointSlices: [ipv4, ipv6] });
  expectValid(sliceFamilyMissing, { services });
});

test('a Service of one family', () => {
  expectValid(sliceFamilyMissing, { services: [serviceInput()], endpointSlices: [ipv4] });
});

test('endpoints of one family', () => {
  expectErrors(sliceFamilyMissing, { services, endpointSlices: [ipv4] }, [
    [
      'The Service has cluster IPs of both families, but endpoints of one: by IPv6 it is refused.',
      'Service ns1/svc1, spec.clusterIPs[1]',
    ],
  ]);
});
