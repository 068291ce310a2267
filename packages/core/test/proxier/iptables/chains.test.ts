import { expect, test } from 'vitest';
import { chains } from '../../../src/proxier/iptables/chains.ts';

test('the fixed chains of iptables mode are those of kube-proxy', () => {
  expect(Object.values(chains)).toEqual([
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-NODEPORTS',
    'KUBE-PROXY-FIREWALL',
    'KUBE-FIREWALL',
  ]);
});
