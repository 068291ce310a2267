import { expect, test } from 'vitest';
import { joinHostPort } from '../../src/netaddr/host-port.ts';

test('puts only IPv6 addresses in brackets', () => {
  expect(joinHostPort('10.244.1.2', 8080)).toBe('10.244.1.2:8080');
  expect(joinHostPort('fd00::1', 80)).toBe('[fd00::1]:80');
});
