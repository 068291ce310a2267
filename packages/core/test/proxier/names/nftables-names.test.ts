import { expect, test } from 'vitest';
import { endpointObject, servicePortObject } from '../../../src/proxier/names/nftables-names.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { endpointOf, servicePortOf } from '../../support/model.ts';

const unnamed = { protocol: 'udp', portName: '' } as const;
const kubernetes = { namespace: 'default', serviceName: 'kubernetes', portName: 'https' };

// The vectors of kube-proxy.
test.for<[Partial<ServicePort>, string]>([
  [{}, 'ULMVA6XW-ns1/svc1/tcp/p80'],
  [unnamed, '5ZLCOGWR-ns1/svc1/udp/'],
  [kubernetes, '2QRHZV4L-default/kubernetes/tcp/https'],
])('the chains of %o end in %s', ([fields, name]) => {
  for (const prefix of ['service', 'local', 'external', 'firewall'] as const)
    expect(servicePortObject(prefix, servicePortOf(fields))).toBe(`${prefix}-${name}`);
});

test.for([
  ['10.180.0.1', '5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80'],
  ['fd00::1', 'MDGHXLRU-ns1/svc1/tcp/p80__fd00..1/80'],
])('the chain and the set of endpoint %s end in %s', ([ip = '', name]) => {
  for (const prefix of ['endpoint', 'affinity'] as const)
    expect(endpointObject(prefix, servicePortOf(), endpointOf(ip))).toBe(`${prefix}-${name}`);
});

const label = 'a'.repeat(63);
const long = servicePortOf({
  namespace: label,
  serviceName: label,
  portName: label,
  protocol: 'sctp',
});
const longIP = '1111:2222:3333:4444:5555:6666:7777:8888';

test('the longest name of a service port is whole', () => {
  const name = servicePortObject('external', long);
  expect(name).toBe(`external-MJ7PRGTT-${label}/${label}/sctp/${label}`);
});

test('the part after the prefix has at most 240 characters; a longer one is cut and says so', () => {
  const end = '__1111.2222.3333.4444.5555.6666.7777.8888/65535';
  const name = endpointObject('affinity', long, endpointOf(longIP, { port: 65535 }));
  expect(name).toBe(
    `affinity-${`UI7UBVTP-${label}/${label}/sctp/${label}${end}`.slice(0, 237)}...`,
  );
  expect(name).toHaveLength('affinity-'.length + 240);
});

test('one of exactly 240 characters is whole', () => {
  const exact = servicePortOf({ namespace: label, serviceName: label, portName: 'a'.repeat(52) });
  const endpoint = endpointOf(longIP, { port: 65535 });
  const name = endpointObject('endpoint', exact, endpoint);
  expect(name).toHaveLength('endpoint-'.length + 240);
  expect(name.endsWith('8888/65535')).toBe(true);
  const longer = servicePortOf({ ...exact, portName: 'a'.repeat(53) });
  expect(endpointObject('endpoint', longer, endpoint).endsWith('.8888/6...')).toBe(true);
});

test('names that are alike after the cut are told apart by their hashes', () => {
  const names = [65534, 65535].map((port) =>
    endpointObject('endpoint', long, endpointOf(longIP, { port })),
  );
  expect(new Set(names).size).toBe(2);
});
