import { expect, test } from 'vitest';
import { canonicalEntry } from '../../../src/ruleset/ipset/canonical-entry.ts';

// The right side is what a kernel of release 6 shows after `ipset add` of the left one, but for the last four.
test.for([
  ['hash:ip', '2001:DB8:0::1', '2001:db8::1'],
  ['hash:ip', '10.0.0.1/32', '10.0.0.1'],
  ['hash:ip', '2001:db8::1/128', '2001:db8::1'],
  ['hash:ip,port', '10.0.0.1,80', '10.0.0.1,tcp:80'],
  ['hash:ip,port', '10.0.0.1,UDP:80', '10.0.0.1,udp:80'],
  ['hash:ip,port,ip', '2001:DB8::1,tcp:80,::FFFF:1.2.3.4', '2001:db8::1,tcp:80,::ffff:1.2.3.4'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,10.1.0.7/16', '10.0.0.1,tcp:80,10.1.0.0/16'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,10.1.0.0/32', '10.0.0.1,tcp:80,10.1.0.0'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,0.0.0.0/1', '10.0.0.1,tcp:80,0.0.0.0/1'],
  ['hash:net', '2001:DB8:0::1/32', '2001:db8::/32'],
  ['hash:net,iface', '10.0.0.1/8,eth0', '10.0.0.0/8,eth0'],
  ['bitmap:port', '80', '80'],
  ['list:set', 'KUBE', 'KUBE'],
  ['hash:ip,port,net', '10.0.0.1,tcp:80,0.0.0.0/0', '10.0.0.1,tcp:80,0.0.0.0/0'],
  ['hash:net', '::ffff:10.0.0.1/104', '::ffff:10.0.0.0/104'],
  ['hash:ip', '10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.2'],
  ['hash:ip,port', 'too,many,parts', 'too,many,parts'],
] as const)('%s: %s is %s', ([type, text, canonical]) => {
  expect(canonicalEntry(type, { kind: 'other', text })).toBe(canonical);
});

test('prints a typed entry first', () => {
  const entry = { kind: 'hash:ip,port', ip: 'FD00::1', protocol: 'tcp', port: 80 } as const;
  expect(canonicalEntry('hash:ip,port', entry)).toBe('fd00::1,tcp:80');
});
