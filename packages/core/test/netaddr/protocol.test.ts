import { expect, test } from 'vitest';
import { protocolName, protocols } from '../../src/netaddr/protocol.ts';

test('each protocol has the name that netfilter gives it', () => {
  expect(protocols.map(protocolName)).toEqual(['tcp', 'udp', 'sctp']);
});
