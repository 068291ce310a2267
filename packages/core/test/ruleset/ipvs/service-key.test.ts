import { expect, test } from 'vitest';
import { serviceKey } from '../../../src/ruleset/ipvs/service-key.ts';

test.for([
  [{ protocol: 'tcp', address: '10.0.0.1:80' }, 'tcp 10.0.0.1:80'],
  [{ protocol: 'sctp', address: '[FD00::1]:80' }, 'sctp [fd00::1]:80'],
  [{ protocol: 'fwm', mark: 1, family: 'IPv4' }, 'fwm 1'],
  [{ protocol: 'fwm', mark: -1, family: 'IPv6' }, 'fwm 4294967295 IPv6'],
] as const)('%j', ([service, key]) => {
  expect(serviceKey(service)).toBe(key);
});
