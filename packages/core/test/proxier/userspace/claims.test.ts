import { expect, test } from 'vitest';
import { printClaims } from '../../../src/proxier/userspace/claims.ts';

test('claims are printed as addresses with ports, by text', () => {
  const claims = [
    { address: '::', port: 30_080 },
    { address: '2001:db8::1', port: 80 },
  ];
  expect(printClaims(claims, 'IPv6')).toEqual(['[2001:db8::1]:80', '[::]:30080']);
});

test('what all addresses hold is not held once more', () => {
  const claims = [
    { address: '0.0.0.0', port: 30_080 },
    { address: '192.0.2.11', port: 30_080 },
  ];
  expect(printClaims(claims, 'IPv4')).toEqual(['0.0.0.0:30080']);
});
