import { expect, test } from 'vitest';
import { readCommandLine } from '../../../src/ruleset/ipvs/read-command-line.ts';

function read(text: string): unknown {
  return readCommandLine({ text, start: 7 });
}

const service = { protocol: 'tcp', address: '10.0.0.1:80' };

const virtualServer = {
  kind: 'virtualServer',
  offset: 7,
  service,
  scheduler: 'rr',
  persistence: undefined,
  persistenceEngine: undefined,
  isOnePacket: false,
  schedulerFlags: [],
  isPadded: false,
};

const realServer = {
  kind: 'realServer',
  offset: 7,
  service,
  address: '10.1.0.1:8080',
  forwarding: 'masq',
  tunnel: undefined,
  weight: 1,
  upperThreshold: undefined,
  lowerThreshold: undefined,
  activeConnections: undefined,
  inactiveConnections: undefined,
  isPadded: false,
};

test.for([
  ['-A -t 10.0.0.1:80 -s rr', {}],
  ['--add-service --tcp-service 10.0.0.1:80 --scheduler rr', {}],
  ['-A -t 10.0.0.1:80', { scheduler: undefined }],
  ['-A -t 10.0.0.1:80 -s rr -p', { persistence: { timeout: undefined, netmask: undefined } }],
  [
    '-A -u 10.0.0.1:80 -s mh -p 10800 -M 255.255.0.0 --pe sip -o -b mh-fallback,mh-port',
    {
      service: { protocol: 'udp', address: '10.0.0.1:80' },
      scheduler: 'mh',
      persistence: { timeout: 10_800, netmask: '255.255.0.0' },
      persistenceEngine: 'sip',
      isOnePacket: true,
      schedulerFlags: ['mh-fallback', 'mh-port'],
    },
  ],
  [
    '-A --sctp-service [fd00::1]:80 -s rr -M 64',
    {
      service: { protocol: 'sctp', address: '[fd00::1]:80' },
      persistence: { timeout: undefined, netmask: '64' },
    },
  ],
  ['-A -f -1 -6 -s rr', { service: { protocol: 'fwm', mark: -1, family: 'IPv6' } }],
] as const)('reads a virtual server: %s', ([text, fields]) => {
  expect(read(text)).toEqual({ ...virtualServer, ...fields });
});

test.for([
  ['-a -t 10.0.0.1:80 -r 10.1.0.1:8080 -m -w 1', {}],
  [
    '-a -t 10.0.0.1:80 -r 10.1.0.1',
    { address: '10.1.0.1', forwarding: undefined, weight: undefined },
  ],
  ['-a -t 10.0.0.1:80 -r 10.1.0.1:8080 -g -w 0', { forwarding: 'route', weight: 0 }],
  [
    '-a -t 10.0.0.1:80 -r 10.1.0.1:8080 -i -w 1 -x 9 -y 5 --tun-type gue --tun-port 6080 --tun-remcsum',
    {
      forwarding: 'tunnel',
      upperThreshold: 9,
      lowerThreshold: 5,
      tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' },
    },
  ],
  [
    '-a -f 1 -r 10.1.0.1:0 -i -w 1 --tun-type ipip',
    {
      service: { protocol: 'fwm', mark: 1, family: 'IPv4' },
      address: '10.1.0.1:0',
      forwarding: 'tunnel',
      tunnel: { type: 'ipip', port: undefined, checksum: undefined },
    },
  ],
] as const)('reads a real server: %s', ([text, fields]) => {
  expect(read(text)).toEqual({ ...realServer, ...fields });
});

test.for(
  [
    ['', 'A', '-A', '-A -s rr', '-A -t', '-A -t 10.0:80', '-A -f x', '-A -f 1 -t 10.0.0.1:80'],
    ['-E -t 10.0.0.1:80 -s rr', '--set 900 120 300', '-A -t 10.0.0.1:80 -s rr -p x'],
    ['-A -t 10.0.0.1:80 -w 1', '-A -t 10.0.0.1:80 -r 10.1.0.1:80', '-a -t 10.0.0.1:80 -m'],
    ['-a -t 10.0.0.1:80 -r 10.1.0.1:80 -w x', '-a -t 10.0.0.1:80 -r 10.1.0.1:80 -s rr'],
  ].flat(),
)('refuses %j', (text) => {
  expect(read(text)).toBeUndefined();
});
