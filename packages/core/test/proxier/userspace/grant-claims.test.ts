import { expect, test } from 'vitest';
import { grantClaims } from '../../../src/proxier/userspace/grant-claims.ts';
import { resolveFamily } from '../../../src/service/resolve-family.ts';
import { behaviourOf } from '../../../src/service/behaviour.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { serviceInput, snapshotOf, type ServiceFields } from '../../support/cluster.ts';

const nodeAddresses = new Set(['192.0.2.11', '192.0.2.12']);

function servicePortsOf(...services: readonly ServiceFields[]): ServicePort[] {
  const snapshot = snapshotOf({
    services: services.map((fields, index) =>
      serviceInput({ ...fields, metadata: { name: `svc${index}` } }),
    ),
  });
  return resolveFamily(snapshot, 'IPv4', behaviourOf('1.36', {})).servicePorts.map(
    ({ servicePort }) => servicePort,
  );
}

function lostOf(servicePorts: readonly ServicePort[], holders = new Map<number, string>()) {
  return grantClaims({ servicePorts, nodeAddresses, holders }).lost.map(
    ({ servicePort, address, port, holder, isProxyPort }) =>
      `${servicePort.name} ${address}:${port} ${isProxyPort ? 'proxy port' : 'claim'} of ${holder}`,
  );
}

const tcp = { name: 'p80', port: 80, nodePort: 30_080 };

test('the first has a node port, the second has the rest of its addresses', () => {
  const servicePorts = servicePortsOf(
    { ports: [tcp] },
    { ports: [tcp], externalIPs: ['198.51.100.1'] },
  );
  const granted = grantClaims({ servicePorts, nodeAddresses, holders: new Map() });
  expect(lostOf(servicePorts)).toEqual(['ns1/svc1:p80 0.0.0.0:30080 claim of ns1/svc0:p80']);
  expect(granted.servicePorts.map(({ nodePort }) => nodePort)).toEqual([30_080, 0]);
  expect(granted.servicePorts[1]?.externalIPs).toEqual(['198.51.100.1']);
});

test('addresses of others and other protocols conflict with nothing', () => {
  expect(
    lostOf(
      servicePortsOf(
        { ports: [tcp], externalIPs: ['198.51.100.1', '192.0.2.11', '192.0.2.11'] },
        { ports: [{ ...tcp, protocol: 'UDP' }], externalIPs: ['198.51.100.1', '192.0.2.12'] },
      ),
    ),
  ).toEqual([]);
});

test('an address of the node is one service port’s, by port', () => {
  const externalIPs = ['192.0.2.11', '192.0.2.12'];
  const servicePorts = servicePortsOf(
    { externalIPs: ['192.0.2.12'] },
    { externalIPs },
    { externalIPs, ports: [{ name: 'p81', port: 81 }] },
  );
  expect(lostOf(servicePorts)).toEqual(['ns1/svc1:p80 192.0.2.12:80 claim of ns1/svc0:p80']);
  const granted = grantClaims({ servicePorts, nodeAddresses, holders: new Map() });
  expect(granted.servicePorts[1]?.externalIPs).toEqual(['192.0.2.11']);
});

test('a node port is on every address', () => {
  const onAddress = { externalIPs: ['192.0.2.11'], ports: [{ name: 'x', port: 30_080 }] };
  expect(lostOf(servicePortsOf({ ports: [tcp] }, onAddress))).toEqual([
    'ns1/svc1:x 192.0.2.11:30080 claim of ns1/svc0:p80',
  ]);
  expect(lostOf(servicePortsOf(onAddress, { ports: [tcp] }))).toEqual([
    'ns1/svc1:p80 0.0.0.0:30080 claim of ns1/svc0:x',
  ]);
});

test('a proxy port is nobody’s node port', () => {
  const servicePorts = servicePortsOf({ ports: [tcp] });
  expect(lostOf(servicePorts, new Map([[30_080, 'prod/web:http']]))).toEqual([
    'ns1/svc0:p80 0.0.0.0:30080 proxy port of prod/web:http',
  ]);
});
