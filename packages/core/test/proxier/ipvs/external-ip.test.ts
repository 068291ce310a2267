import { expect, test } from 'vitest';
import { externalIPParts } from '../../../src/proxier/ipvs/external-ip.ts';
import { ipvsContextOf, printKeyedEntries, printServers } from '../../support/ipvs.ts';
import { local, remote, resolvedOf } from '../../support/model.ts';

const externalIPs = ['5.6.7.8', '192.0.2.11'];

test('a service port without external IPs has nothing of them', () => {
  expect(externalIPParts(resolvedOf({}, [remote]), ipvsContextOf())).toEqual({
    entries: [],
    virtualServers: [],
    addresses: [],
  });
});

test('each is in the set and a virtual server; what another interface has is not bound again', () => {
  const parts = externalIPParts(resolvedOf({ externalIPs }, [remote]), ipvsContextOf());
  expect(printKeyedEntries(parts.entries)).toEqual([
    'KUBE-EXTERNAL-IP 5.6.7.8,tcp:80',
    'KUBE-EXTERNAL-IP 192.0.2.11,tcp:80',
  ]);
  expect(printServers(parts.virtualServers)).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.1:80 -m -w 1',
    '-A -t 192.0.2.11:80 -s rr',
    '-a -t 192.0.2.11:80 -r 10.180.0.1:80 -m -w 1',
  ]);
  expect(parts.addresses).toEqual(['5.6.7.8']);
});

test('under policy Local they are in the other set, with the endpoints of this node', () => {
  const fields = { externalIPs: ['5.6.7.8'], externalPolicyLocal: true };
  const parts = externalIPParts(resolvedOf(fields, [remote, local]), ipvsContextOf());
  expect(printKeyedEntries(parts.entries)).toEqual(['KUBE-EXTERNAL-IP-LOCAL 5.6.7.8,tcp:80']);
  expect(printServers(parts.virtualServers)).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.2:80 -m -w 1',
  ]);
});

test('under policy Local without an endpoint here all endpoints serve, and nothing is dropped', () => {
  const fields = { externalIPs: ['5.6.7.8'], externalPolicyLocal: true };
  const parts = externalIPParts(resolvedOf(fields, [remote]), ipvsContextOf());
  expect(printServers(parts.virtualServers)).toEqual([
    '-A -t 5.6.7.8:80 -s rr',
    '-a -t 5.6.7.8:80 -r 10.180.0.1:80 -m -w 1',
  ]);
  expect(parts.filterRules).toBeUndefined();
});
