import { test } from 'vitest';
import { markBitTaken } from '../../../src/lint/rules/mark-bit-taken.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test.for([0, 7, 12, 14])('bit %i is free', (masqueradeBit) => {
  expectValid(markBitTaken, { config: { iptables: { masqueradeBit } } });
});

test('only the section of the mode counts', () => {
  expectValid(markBitTaken, { config: { iptables: { masqueradeBit: 16 } }, mode: 'nftables' });
});

test.for([
  [8, 'Cilium (0x00000f00)'],
  [11, 'Cilium (0x00000f00)'],
  [15, "kubelet's KUBE-MARK-DROP (0x00008000)"],
  [16, 'Calico (0xffff0000) and for identities by Cilium'],
  [31, 'Calico (0xffff0000) and for identities by Cilium'],
] as const)('bit %i is taken by %s', ([masqueradeBit, owner]) => {
  expectErrors(markBitTaken, { config: { iptables: { masqueradeBit } } }, [
    [
      `Bit ${masqueradeBit} of the packet mark, by which kube-proxy masquerades, is used by ${owner} as well.`,
      'KubeProxyConfiguration, iptables.masqueradeBit',
    ],
  ]);
});
