import { expect, test } from 'vitest';
import { virtualServer } from '../../../src/proxier/ipvs/virtual-server.ts';
import type { VirtualServer } from '../../../src/ruleset/ipvs/index.ts';
import type { Endpoint } from '../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { ipvsContextOf, printServers } from '../../support/ipvs.ts';
import { endpointOf, local, remote, resolvedOf } from '../../support/model.ts';

interface Wanted {
  readonly fields?: Partial<ServicePort>;
  readonly endpoints?: readonly Endpoint[];
  readonly scheduler?: string;
  readonly ip?: string;
  readonly isLocal?: boolean;
}

function make({
  fields = {},
  endpoints = [remote],
  scheduler = 'rr',
  ip = '5.6.7.8',
  isLocal = false,
}: Wanted): VirtualServer {
  const parts = { ip, port: 80, isLocal, reason: 'a test' };
  return virtualServer(resolvedOf(fields, endpoints), ipvsContextOf({ scheduler }), parts);
}

const localPolicy = { externalPolicyLocal: true, externalIPs: ['5.6.7.8'] };
const toRemote = '-a -t 5.6.7.8:80 -r 10.180.0.1:80 -m -w 1';
const toLocal = '-a -t 5.6.7.8:80 -r 10.180.0.2:80 -m -w 1';

test.for<[string, Wanted, readonly string[]]>([
  ['all endpoints, masqueraded, of weight 1', { endpoints: [remote, local] }, [toRemote, toLocal]],
  ['no endpoints, and stays', { endpoints: [] }, []],
  [
    'under policy Local only those of this node',
    { fields: localPolicy, endpoints: [remote, local], isLocal: true },
    [toLocal],
  ],
  [
    'under policy Local all of them, where this node has none',
    { fields: localPolicy, endpoints: [remote], isLocal: true },
    [toRemote],
  ],
  [
    'all of them at an address that the policy does not rule',
    { fields: localPolicy, endpoints: [remote, local], isLocal: false },
    [toRemote, toLocal],
  ],
  [
    'no endpoint that is neither ready nor serving',
    { endpoints: [endpointOf('10.180.0.3', { ready: false, serving: false }), remote] },
    [toRemote],
  ],
  [
    'those that end, where none is ready',
    { endpoints: [endpointOf('10.180.0.1', { ready: false, terminating: true })] },
    [toRemote],
  ],
])('it has %s', ([, wanted, servers]) => {
  expect(printServers([make(wanted)])).toEqual(['-A -t 5.6.7.8:80 -s rr', ...servers]);
});

test('internal policy Local without an endpoint here and with no other address has none', () => {
  const wanted = { fields: { internalPolicyLocal: true }, endpoints: [remote], isLocal: true };
  expect(make(wanted).realServers).toEqual([]);
});

test.for<[string, Wanted, string]>([
  ['TCP', {}, '-A -t 5.6.7.8:80 -s rr'],
  ['UDP', { fields: { protocol: 'udp' } }, '-A -u 5.6.7.8:80 -s rr'],
  ['SCTP', { fields: { protocol: 'sctp' } }, '-A --sctp-service 5.6.7.8:80 -s rr'],
  ['IPv6', { ip: 'fd00::1' }, '-A -t [fd00::1]:80 -s rr'],
  ['another scheduler', { scheduler: 'wlc' }, '-A -t 5.6.7.8:80 -s wlc'],
  ['persistence', { fields: { affinitySeconds: 10_800 } }, '-A -t 5.6.7.8:80 -s rr -p 10800'],
  ['Maglev hashing', { scheduler: 'mh' }, '-A -t 5.6.7.8:80 -s mh -b mh-port'],
  [
    'Maglev hashing with persistence',
    { scheduler: 'mh', fields: { affinitySeconds: 10 } },
    '-A -t 5.6.7.8:80 -s mh -p 10 -b mh-port',
  ],
])('with %s', ([, wanted, line]) => {
  expect(printServers([make({ ...wanted, endpoints: [] })])).toEqual([line]);
});

test('it and its real servers say whose they are and why', () => {
  const { origin, realServers } = make({});
  const owner = { servicePort: 'ns1/svc1:p80', protocol: 'tcp' };
  expect(origin).toEqual({ ...owner, reason: 'a test' });
  expect(realServers.map((real) => real.origin)).toMatchObject([
    { ...owner, reason: 'endpoint', endpoint: { address: '10.180.0.1:80', nodeName: 'node-b' } },
  ]);
});
