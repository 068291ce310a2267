import { expect, test } from 'vitest';
import { forwardChain, forwardRules } from '../../../src/proxier/shared/forward-rules.ts';
import { printRules } from '../../support/model.ts';

test('forwarded packets pass that are marked or belong to a known connection', () => {
  expect(forwardChain).toBe('KUBE-FORWARD');
  expect(printRules(forwardRules(0x20))).toEqual([
    '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x00000020/0x00000020 -j ACCEPT',
    '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  ]);
});
