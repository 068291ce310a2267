import { expect, test } from 'vitest';
import { families } from '../../src/netaddr/family.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveFamily } from '../../src/service/resolve-family.ts';
import { summarize, type Summary } from '../../src/service/summary.ts';
import type { SnapshotInput } from '../../src/index.ts';
import { serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

function summaryOf(input: SnapshotInput): Summary {
  const snapshot = snapshotOf(input);
  const behaviour = behaviourOf('1.36', {});
  return summarize(families.map((family) => resolveFamily(snapshot, family, behaviour)));
}

test('an empty cluster has nothing', () => {
  expect(summaryOf({})).toEqual({ services: 0, servicePorts: 0, endpoints: 0 });
});

test('a dual-stack Service counts once, its endpoints in each family', () => {
  const services = [
    serviceInput({ clusterIPs: ['172.30.0.41', 'fd00::41'], ipFamilies: ['IPv4', 'IPv6'] }),
    serviceInput({
      metadata: { name: 'dns' },
      clusterIP: '172.30.0.42',
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns', port: 53, protocol: 'TCP' },
      ],
    }),
    serviceInput({ metadata: { name: 'headless' }, clusterIP: 'None' }),
  ];
  const endpointSlices = [
    sliceInput({ endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }] }),
    sliceInput({ name: 'six', addressType: 'IPv6', endpoints: [{ addresses: ['fd00::1'] }] }),
  ];
  expect(summaryOf({ services, endpointSlices })).toEqual({
    services: 2,
    servicePorts: 3,
    endpoints: 3,
  });
});

test('endpoints that no traffic may reach do not count', () => {
  const services = [serviceInput({ internalTrafficPolicy: 'Local' })];
  const endpoints = [
    { addresses: ['10.0.0.1'], nodeName: 'node-a' },
    { addresses: ['10.0.0.2'], nodeName: 'node-b' },
  ];
  expect(summaryOf({ services, endpointSlices: [sliceInput({ endpoints })] }).endpoints).toBe(1);
});
