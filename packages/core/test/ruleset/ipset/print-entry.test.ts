import { expect, test } from 'vitest';
import type { Entry } from '../../../src/ruleset/ipset/ast.ts';
import { printEntry } from '../../../src/ruleset/ipset/print-entry.ts';

const entries: readonly (readonly [entry: Entry, text: string])[] = [
  [{ kind: 'hash:ip', ip: '10.96.0.10' }, '10.96.0.10'],
  [{ kind: 'hash:ip', ip: 'fd00::1' }, 'fd00::1'],
  [{ kind: 'hash:ip,port', ip: '10.96.0.10', protocol: 'tcp', port: 80 }, '10.96.0.10,tcp:80'],
  [{ kind: 'hash:ip,port', ip: 'fd00::1', protocol: 'sctp', port: 1 }, 'fd00::1,sctp:1'],
  [
    { kind: 'hash:ip,port,ip', ip: '10.1.1.1', protocol: 'udp', port: 53, secondIP: '10.1.1.2' },
    '10.1.1.1,udp:53,10.1.1.2',
  ],
  [
    { kind: 'hash:ip,port,net', ip: '5.6.7.8', protocol: 'tcp', port: 80, net: '203.0.113.0/25' },
    '5.6.7.8,tcp:80,203.0.113.0/25',
  ],
  [{ kind: 'bitmap:port', port: 30_080 }, '30080'],
];

test.for(entries)('%o is %s', ([entry, text]) => {
  expect(printEntry(entry)).toBe(text);
});

test('every type of entry has a text here', () => {
  const kinds: Readonly<Record<Entry['kind'], true>> = {
    'hash:ip': true,
    'hash:ip,port': true,
    'hash:ip,port,ip': true,
    'hash:ip,port,net': true,
    'bitmap:port': true,
  };
  expect(new Set(entries.map(([{ kind }]) => kind))).toEqual(new Set(Object.keys(kinds)));
});
