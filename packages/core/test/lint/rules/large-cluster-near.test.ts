import { test } from 'vitest';
import type { EndpointSliceInput } from '../../../src/index.ts';
import { largeClusterNear } from '../../../src/lint/rules/large-cluster-near.ts';
import { serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput()];

function endpointsOf(length: number): EndpointSliceInput {
  const endpoints = Array.from({ length }, (_, index) => ({
    addresses: [`10.0.${index >> 8}.${index & 255}`],
  }));
  return sliceInput({ endpoints });
}

test.for([899, 1001])('%i endpoints are not near the threshold', (length) => {
  expectValid(largeClusterNear, { services, endpointSlices: [endpointsOf(length)] });
});

test('the other modes know no threshold', () => {
  expectValid(largeClusterNear, { services, endpointSlices: [endpointsOf(950)], mode: 'nftables' });
});

test.for([900, 1000])('%i endpoints are', (length) => {
  expectErrors(largeClusterNear, { services, endpointSlices: [endpointsOf(length)] }, [
    [
      `The cluster has ${length} IPv4 endpoints, counted for each port of a Service: from 1001 on, kube-proxy leaves most comments out of its rules.`,
    ],
  ]);
});
