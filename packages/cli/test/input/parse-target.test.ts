import { expect, test } from 'vitest';
import { parseTarget } from '../../src/input/parse-target.ts';

test.for([
  ['10.96.0.10:53', { address: '10.96.0.10', port: 53, protocol: 'tcp' }],
  ['10.96.0.10:53/UDP', { address: '10.96.0.10', port: 53, protocol: 'udp' }],
  ['[fd00::a]:53/sctp', { address: 'fd00::a', port: 53, protocol: 'sctp' }],
  ['prod/web', { service: 'prod/web', port: undefined, protocol: undefined }],
  ['prod/web:http', { service: 'prod/web', port: 'http', protocol: undefined }],
  ['kube-dns/udp', { service: 'kube-dns/udp', port: undefined, protocol: undefined }],
  [
    'kube-system/kube-dns/udp',
    { service: 'kube-system/kube-dns', port: undefined, protocol: 'udp' },
  ],
  ['kube-dns:53/udp', { service: 'kube-dns', port: '53', protocol: 'udp' }],
] as const)('%s', ([text, target]) => {
  expect(parseTarget(text)).toEqual(target);
});

test.for([
  ['10.96.0.10', 'the port is missing; did you mean 10.96.0.10:80?'],
  ['fd00::a:53', 'an IPv6 address stands in brackets'],
  ['10.96.0.10:0', '0 is no port'],
  ['10.96.0.10:70000', '70000 is no port'],
  ['10.96.0.10:53/upd', 'upd is no protocol; they are tcp, udp and sctp'],
  ['10.96.0.999:53', 'no address with a port'],
  ['', 'no address with a port'],
] as const)('%s is refused', ([text, says]) => {
  expect(() => parseTarget(text)).toThrow(`--to ${text}: `);
  expect(() => parseTarget(text)).toThrow(says);
});
