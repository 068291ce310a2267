import { expect, test } from 'vitest';
import { setKeys } from '../../../src/proxier/ipvs/sets.ts';
import { familySetName } from '../../../src/proxier/names/set-names.ts';

test('in IPv4 a set has its own name', () => {
  for (const key of setKeys) expect(familySetName(key, 'IPv4')).toBe(key);
});

test('in IPv6 it has a 6, and is cut to 31 characters', () => {
  const cut = {
    'KUBE-LOAD-BALANCER-SOURCE-CIDR': 'KUBE-6-LOAD-BALANCER-SOURCE-CID',
    'KUBE-NODE-PORT-LOCAL-SCTP-HASH': 'KUBE-6-NODE-PORT-LOCAL-SCTP-HAS',
  };
  const names = setKeys.map((key) => [key, familySetName(key, 'IPv6')] as const);
  expect(names.filter(([key, name]) => name.length !== key.length + 2)).toEqual(
    Object.entries(cut),
  );
  for (const [key, name] of names) {
    expect(`KUBE-6-${key.slice('KUBE-'.length)}`.startsWith(name)).toBe(true);
    expect(name.length).toBeLessThanOrEqual(31);
  }
  expect(new Set(names.map(([, name]) => name)).size).toBe(setKeys.length);
});

test('only the first KUBE- is replaced', () => {
  expect(familySetName('KUBE-A-KUBE-B', 'IPv6')).toBe('KUBE-6-A-KUBE-B');
});
