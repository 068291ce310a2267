import { expect, test } from 'vitest';
import {
  masqueradeRules,
  markMasqueradeChain,
  postroutingChain,
  toMarkMasquerade,
} from '../../../src/proxier/shared/masquerade-rules.ts';
import { printRules } from '../../support/model.ts';

test('marked packets are masqueraded, and lose the mark', () => {
  expect(printRules(masqueradeRules({ masqueradeMark: 0x4000, randomFully: true }))).toEqual([
    '-A KUBE-POSTROUTING -m mark ! --mark 0x00004000/0x00004000 -j RETURN',
    '-A KUBE-POSTROUTING -j MARK --xor-mark 0x00004000',
    '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
    '-A KUBE-MARK-MASQ -j MARK --or-mark 0x00004000',
  ]);
});

test('an old iptables does not know --random-fully', () => {
  expect(printRules(masqueradeRules({ masqueradeMark: 0x4000, randomFully: false }))[2]).toBe(
    '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE',
  );
});

test('the mark is the configured bit', () => {
  expect(printRules(masqueradeRules({ masqueradeMark: 2 ** 31, randomFully: true }))[3]).toBe(
    '-A KUBE-MARK-MASQ -j MARK --or-mark 0x80000000',
  );
});

test('the chains are those of kube-proxy, and traffic is marked by a jump', () => {
  expect([postroutingChain, markMasqueradeChain]).toEqual(['KUBE-POSTROUTING', 'KUBE-MARK-MASQ']);
  expect(toMarkMasquerade).toEqual({ kind: 'jump', chain: 'KUBE-MARK-MASQ' });
});
