import { expect, test } from 'vitest';
import type { VirtualServer } from '../../../src/ruleset/ipvs/ast.ts';
import {
  printTimeouts,
  printVirtualServers,
} from '../../../src/ruleset/ipvs/print-virtual-servers.ts';

const origin = { reason: 'a test' };

function serverOf(fields: Partial<VirtualServer> = {}): VirtualServer {
  return {
    protocol: 'tcp',
    address: '10.96.0.10:80',
    scheduler: 'rr',
    persistenceTimeout: undefined,
    schedulerFlags: [],
    realServers: [],
    origin,
    ...fields,
  };
}

test.for<[string, Partial<VirtualServer>, string]>([
  ['TCP', {}, '-A -t 10.96.0.10:80 -s rr'],
  ['UDP', { protocol: 'udp' }, '-A -u 10.96.0.10:80 -s rr'],
  ['SCTP', { protocol: 'sctp' }, '-A --sctp-service 10.96.0.10:80 -s rr'],
  ['IPv6', { address: '[fd00::1]:53' }, '-A -t [fd00::1]:53 -s rr'],
  ['a scheduler', { scheduler: 'lblcr' }, '-A -t 10.96.0.10:80 -s lblcr'],
  ['persistence', { persistenceTimeout: 10_800 }, '-A -t 10.96.0.10:80 -s rr -p 10800'],
  [
    'flags of a scheduler',
    { scheduler: 'mh', schedulerFlags: ['mh-port'] },
    '-A -t 10.96.0.10:80 -s mh -b mh-port',
  ],
])('%s', ([, fields, line]) => {
  expect(printVirtualServers([serverOf(fields)])).toBe(`${line}\n`);
});

test('each is followed by its real servers, in their order', () => {
  const realServers = [
    { address: '10.1.1.2:8080', weight: 1, origin },
    { address: '10.1.1.1:8080', weight: 7, origin },
  ];
  expect(
    printVirtualServers([serverOf({ realServers }), serverOf({ protocol: 'sctp', realServers })]),
  ).toBe(`-A -t 10.96.0.10:80 -s rr
-a -t 10.96.0.10:80 -r 10.1.1.2:8080 -m -w 1
-a -t 10.96.0.10:80 -r 10.1.1.1:8080 -m -w 7
-A --sctp-service 10.96.0.10:80 -s rr
-a --sctp-service 10.96.0.10:80 -r 10.1.1.2:8080 -m -w 1
-a --sctp-service 10.96.0.10:80 -r 10.1.1.1:8080 -m -w 7
`);
});

test('no virtual servers are an empty document', () => {
  expect(printVirtualServers([])).toBe('');
});

test.for(['', 'rr -p 1', 'rr\n-C', 'rr\t', '-C', '"rr"', "rr'", 'rr;', 'ré'])(
  'a text that ipvsadm would not read as one word is refused: %j',
  (text) => {
    const error = new TypeError(`${JSON.stringify(text)} is no word that ipvsadm reads as it is`);
    expect(() => printVirtualServers([serverOf({ scheduler: text })])).toThrow(error);
    expect(() => printVirtualServers([serverOf({ address: text })])).toThrow(error);
    const realServers = [{ address: text, weight: 1, origin }];
    expect(() => printVirtualServers([serverOf({ realServers })])).toThrow(error);
  },
);

test('timeouts are one line: TCP, TCP after FIN, UDP', () => {
  expect(printTimeouts({ tcp: 900, tcpFin: 120, udp: 300 })).toBe('--set 900 120 300\n');
});
