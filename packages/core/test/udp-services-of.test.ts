import { expect, test } from 'vitest';
import { compile } from '../src/index.ts';
import { udpServicesOf } from '../src/udp-services-of.ts';
import { serviceInput, sliceInput, snapshotOf } from './support/cluster.ts';

const udp = { name: 'p80', port: 53, protocol: 'UDP' };
const snapshot = snapshotOf({
  services: [serviceInput({ ports: [udp, { name: 'tcp', port: 80 }] })],
  endpointSlices: [sliceInput({ ports: [udp], endpoints: [{ addresses: ['10.180.0.1'] }] })],
  nodeState: { proxyPorts: { 'ns1/svc1:p80/udp': 4242 } },
});
const service = { addresses: ['172.30.0.41'], port: 53, nodePort: 0 };

test('flows belong to the endpoints', () => {
  expect(udpServicesOf(snapshot, compile(snapshot, 'iptables'))).toEqual([
    { ...service, endpoints: ['10.180.0.1'] },
  ]);
});

test('in userspace mode they belong to the proxy port', () => {
  expect(udpServicesOf(snapshot, compile(snapshot, 'userspace'))).toEqual([
    { ...service, endpoints: [], proxyPort: 4242 },
  ]);
});
