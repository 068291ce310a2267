import { expect, test } from 'vitest';
import { printObjectRef } from '../../src/diagnostics/print-diagnostic.ts';
import { configurationRef, nodeRef, serviceRef, sliceRef } from '../../src/lint/refs.ts';
import { serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

test('objects and fields by name', () => {
  const { services, endpointSlices, nodes } = snapshotOf({
    services: [serviceInput()],
    endpointSlices: [sliceInput({})],
  });
  const refs = [
    ...services.map((service) => serviceRef(service)),
    ...endpointSlices.map((slice) => sliceRef(slice, 'endpoints[0]')),
    ...nodes.map((node) => nodeRef(node)),
    configurationRef('mode'),
  ];
  expect(refs.map(printObjectRef)).toEqual([
    'Service ns1/svc1',
    'EndpointSlice ns1/svc1-a, endpoints[0]',
    'Node node-a',
    'KubeProxyConfiguration, mode',
  ]);
});
