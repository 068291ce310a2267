import { expect, test } from 'vitest';
import type { Entry, SetType } from '../../src/ruleset/ipset/index.ts';
import { parseEntry } from './parse-entry.ts';

test.for<[string, Entry]>([
  ['fd00::1', { kind: 'hash:ip', ip: 'fd00::1' }],
  ['10.0.0.1,tcp:80', { kind: 'hash:ip,port', ip: '10.0.0.1', protocol: 'tcp', port: 80 }],
  [
    'fd00::1,udp:53,fd00::2',
    { kind: 'hash:ip,port,ip', ip: 'fd00::1', protocol: 'udp', port: 53, secondIP: 'fd00::2' },
  ],
  [
    '10.0.0.1,sctp:1,192.0.2.0/24',
    { kind: 'hash:ip,port,net', ip: '10.0.0.1', protocol: 'sctp', port: 1, net: '192.0.2.0/24' },
  ],
  ['65535', { kind: 'bitmap:port', port: 65_535 }],
])('%s is %o', ([text, entry]) => {
  expect(parseEntry(entry.kind, text)).toEqual(entry);
});

test.for<[SetType, string]>([
  ['hash:ip', ''],
  ['hash:ip', '10.0.0.01'],
  ['hash:ip', '10.0.0.1,tcp:80'],
  ['hash:ip', '10.0.0.1/32'],
  ['hash:ip,port', '10.0.0.1'],
  ['hash:ip,port', '10.0.0.1,80'],
  ['hash:ip,port', '10.0.0.1,icmp:80'],
  ['hash:ip,port', '10.0.0.1,tcp:0'],
  ['hash:ip,port', '10.0.0.1,tcp:80:81'],
  ['hash:ip,port,ip', '10.0.0.1,tcp:80'],
  ['hash:ip,port,ip', '10.0.0.1,tcp:80,10.0.0.2,10.0.0.3'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,0.0.0.0/0'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,192.0.2.1/24'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,192.0.2.1'],
  ['bitmap:port', '65536'],
  ['bitmap:port', '080'],
])('%s refuses "%s"', ([type, text]) => {
  expect(() => parseEntry(type, text)).toThrow(Error);
});
