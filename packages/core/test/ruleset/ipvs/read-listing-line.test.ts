import { expect, test } from 'vitest';
import {
  readListedServer,
  readListedService,
  readProcfsService,
} from '../../../src/ruleset/ipvs/read-listing-line.ts';

const virtualServer = {
  kind: 'virtualServer',
  offset: 0,
  service: { protocol: 'udp', address: '10.96.0.5:80' },
  scheduler: 'rr',
  persistence: undefined,
  persistenceEngine: undefined,
  isOnePacket: false,
  schedulerFlags: [],
  isPadded: false,
};

test.for([
  ['UDP  10.96.0.5:80 rr', {}],
  [
    'UDP  10.96.0.5:80 mh (mh-fallback,mh-port) persistent 10800 mask 255.255.0.0 pe sip ops',
    {
      scheduler: 'mh',
      schedulerFlags: ['mh-fallback', 'mh-port'],
      persistence: { timeout: 10_800, netmask: '255.255.0.0' },
      persistenceEngine: 'sip',
      isOnePacket: true,
    },
  ],
  [
    'FWM  -1 IPv6 rr persistent 100',
    {
      service: { protocol: 'fwm', mark: -1, family: 'IPv6' },
      persistence: { timeout: 100, netmask: undefined },
    },
  ],
] as const)('reads %s', ([text, fields]) => {
  expect(readListedService({ text, start: 0 })).toEqual({ ...virtualServer, ...fields });
});

test.for([
  ['UDP  0A600005:0050 rr  ', { isPadded: true }],
  ['UDP  0A600005:0050 rr', {}],
  [
    'UDP  0A600005:0050 mh ops  persistent 1080000 FFFF0000',
    {
      scheduler: 'mh',
      isOnePacket: true,
      persistence: { timeout: 1_080_000, netmask: '255.255.0.0' },
    },
  ],
  [
    'FWM  FFFFFFFF rr persistent 10000 80000000',
    {
      service: { protocol: 'fwm', mark: 4_294_967_295, family: 'IPv6' },
      persistence: { timeout: 10_000, netmask: '128' },
    },
  ],
  ['FWM  00000001 rr ', { service: { protocol: 'fwm', mark: 1, family: 'IPv4' }, isPadded: true }],
] as const)('reads %s of /proc/net/ip_vs', ([text, fields]) => {
  expect(readProcfsService({ text, start: 0 })).toEqual({ ...virtualServer, ...fields });
});

const { service } = virtualServer;
const udp = { protocol: 'udp', address: service.address } as const;

test.for([
  ['  -> 10.1.0.1:53                  Masq    2      3          4', '10.1.0.1:53', false, false],
  [
    '  -> 10.1.0.1:53                  Masq    2      3          4         ',
    '10.1.0.1:53',
    false,
    true,
  ],
  ['  -> 0A010001:0035      Masq    2      3          4         ', '10.1.0.1:53', true, true],
] as const)('reads %j', ([text, address, isProcfs, isPadded]) => {
  expect(readListedServer({ text, start: 5 }, udp, isProcfs)).toEqual({
    kind: 'realServer',
    offset: 5,
    service: udp,
    address,
    forwarding: 'masq',
    tunnel: undefined,
    weight: 2,
    upperThreshold: undefined,
    lowerThreshold: undefined,
    activeConnections: 3,
    inactiveConnections: 4,
    isPadded,
  });
});

test.for(
  [
    ['', 'UDP', 'UDP  10.96.0.5:80', 'ICMP 10.96.0.5:80 rr', 'UDP  10.96.0:80 rr', 'FWM  x rr'],
    ['UDP  10.96.0.5:80 rr persistent', 'UDP  10.96.0.5:80 rr persistent 1 mask'],
    ['UDP  10.96.0.5:80 rr more', 'UDP  10.96.0.5:80 rr (mh-port'],
  ].flat(),
)('refuses the virtual server %j', (text) => {
  expect(readListedService({ text, start: 0 })).toBeUndefined();
});

test.for(
  [
    ['', 'UDP  10.96.0.5:80 rr', 'UDP  0A600005:0050', 'UDP  0A600005:0050 rr more', 'FWM  1 rr'],
    ['UDP  0A600005:0050 rr persistent 1', 'UDP  0A600005:0050 rr persistent x FFFFFFFF'],
  ].flat(),
)('refuses the virtual server %j of /proc/net/ip_vs', (text) => {
  expect(readProcfsService({ text, start: 0 })).toBeUndefined();
});

test.for(
  [
    ['10.1.0.1:53 Masq 1 0 0', '-> 10.1.0:53 Masq 1 0 0', '-> 10.1.0.1:53 Other 1 0 0'],
    ['-> 10.1.0.1:53 Masq x 0 0', '-> 10.1.0.1:53 Masq 1 x 0', '-> 10.1.0.1:53 Masq 1 0'],
    ['-> 10.1.0.1:53 Masq 1 0 0 0'],
  ].flat(),
)('refuses the real server %j', (text) => {
  expect(readListedServer({ text, start: 0 }, udp, false)).toBeUndefined();
});

test('refuses a real server that is not in hexadecimal in /proc/net/ip_vs', () => {
  const text = '  -> 10.1.0.1:53      Masq    1      0          0';
  expect(readListedServer({ text, start: 0 }, udp, true)).toBeUndefined();
});
