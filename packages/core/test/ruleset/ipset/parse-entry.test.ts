import { expect, test } from 'vitest';
import { parseEntry } from '../../../src/ruleset/ipset/parse-entry.ts';

test.for([
  ['hash:ip', '10.0.0.1', { kind: 'hash:ip', ip: '10.0.0.1' }],
  ['hash:ip', '2001:db8::1', { kind: 'hash:ip', ip: '2001:db8::1' }],
  [
    'hash:ip,port',
    '10.0.0.1,tcp:0',
    { kind: 'hash:ip,port', ip: '10.0.0.1', protocol: 'tcp', port: 0 },
  ],
  [
    'hash:ip,port,ip',
    '10.0.0.1,sctp:80,10.0.0.2',
    {
      kind: 'hash:ip,port,ip',
      ip: '10.0.0.1',
      protocol: 'sctp',
      port: 80,
      secondIP: '10.0.0.2',
    },
  ],
  [
    'hash:ip,port,net',
    'fd00::1,udp:53,fd00::/64',
    { kind: 'hash:ip,port,net', ip: 'fd00::1', protocol: 'udp', port: 53, net: 'fd00::/64' },
  ],
  [
    'hash:ip,port,net',
    '10.0.0.1,udp:53,10.1.0.0',
    { kind: 'hash:ip,port,net', ip: '10.0.0.1', protocol: 'udp', port: 53, net: '10.1.0.0' },
  ],
  ['bitmap:port', '65535', { kind: 'bitmap:port', port: 65_535 }],
] as const)('reads an entry of %s: %s', ([type, text, entry]) => {
  expect(parseEntry(type, text)).toEqual(entry);
});

test.for([
  ['hash:ip', '10.0.0.0/24'],
  ['hash:ip', '10.0.0.1-10.0.0.9'],
  ['hash:ip,port', '10.0.0.1,80'],
  ['hash:ip,port', '10.0.0.1,http'],
  ['hash:ip,port', '10.0.0.1,tcp:080'],
  ['hash:ip,port', '10.0.0.1,tcp:80-90'],
  ['hash:ip,port', '10.0.0.1,udplite:53'],
  ['hash:ip,port', '10.0.0.1,icmp:echo-request'],
  ['hash:ip,port', '10.0.0.1,icmp:8/0'],
  ['hash:ip,port,ip', '10.0.0.1,esp:0,10.0.0.2'],
  ['hash:ip,port,ip', '10.0.0.1,tcp:80,10.0.0.0/30'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,10.0.0.0-10.0.0.7'],
  ['bitmap:port', '80-90'],
  ['hash:net,iface', '10.0.0.0/8,physdev:eth0'],
  ['list:set', 'other'],
] as const)('keeps what it has no type for as it is written, %s: %s', ([type, text]) => {
  expect(parseEntry(type, text)).toEqual({ kind: 'other', text });
});

test.for([
  ['hash:ip', '5.xx.xx.xxx'],
  ['hash:ip', ''],
  ['hash:ip', '10.0.0.1,tcp:80'],
  ['hash:ip', '10.0.0.1-'],
  ['hash:ip', '-10.0.0.1'],
  ['hash:ip,port', '10.0.0.1'],
  ['hash:ip,port', '10.0.0.1,'],
  ['hash:ip,port', '10.0.0.1,tcp:'],
  ['hash:ip,port', '10.0.0.1,:80'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,10.0.0.0/33'],
  ['bitmap:port', '...'],
] as const)('refuses what is no entry of %s: %s', ([type, text]) => {
  expect(parseEntry(type, text)).toBeUndefined();
});
