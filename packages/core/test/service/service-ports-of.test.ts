import { expect, test } from 'vitest';
import { servicePortsOf } from '../../src/service/service-ports-of.ts';
import { serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

test('the service ports of both families', () => {
  const services = [
    serviceInput({ clusterIPs: ['172.30.0.41', 'fd00:30::41'], ipFamilies: ['IPv4', 'IPv6'] }),
  ];
  const endpoints = [{ addresses: ['10.180.0.1'], nodeName: 'node-b' }];
  const snapshot = snapshotOf({ services, endpointSlices: [sliceInput({ endpoints })] });
  const found = servicePortsOf(snapshot, '1.36').map(({ servicePort, endpoints }) => [
    servicePort.family,
    servicePort.clusterIP,
    endpoints.cluster.map(({ address }) => address),
  ]);
  expect(found).toEqual([
    ['IPv4', '172.30.0.41', ['10.180.0.1:80']],
    ['IPv6', 'fd00:30::41', []],
  ]);
});
