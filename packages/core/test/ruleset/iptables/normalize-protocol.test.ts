import { expect, test } from 'vitest';
import { normalizeProtocol } from '../../../src/ruleset/iptables/normalize-protocol.ts';

test.for([
  ['tcp', 'tcp'],
  ['UDP', 'udp'],
  ['132', 'sctp'],
  ['0', 'all'],
  ['icmpv6', 'ipv6-icmp'],
  ['58', 'ipv6-icmp'],
  ['253', '253'],
  ['constructor', 'constructor'],
])('%s is %s', ([text = '', name]) => {
  expect(normalizeProtocol(text)).toBe(name);
});
