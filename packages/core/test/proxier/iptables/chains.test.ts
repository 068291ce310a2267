import { expect, test } from 'vitest';
import { chains, toMarkMasquerade } from '../../../src/proxier/iptables/chains.ts';

test('the fixed chains are those of kube-proxy', () => {
  expect(Object.values(chains)).toEqual([
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-FORWARD',
    'KUBE-NODEPORTS',
    'KUBE-PROXY-FIREWALL',
    'KUBE-FIREWALL',
    'KUBE-POSTROUTING',
    'KUBE-MARK-MASQ',
  ]);
});

test('traffic is marked for masquerading by a jump', () => {
  expect(toMarkMasquerade).toEqual({ kind: 'jump', chain: 'KUBE-MARK-MASQ' });
});
