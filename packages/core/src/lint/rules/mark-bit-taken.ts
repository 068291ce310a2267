import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

interface Claim {
  readonly first: number;
  readonly last: number;
  readonly owner: string;
}

/** Which bits of the packet mark others use by default. */
const claims: readonly Claim[] = [
  { first: 8, last: 11, owner: 'Cilium (0x00000f00)' },
  { first: 15, last: 15, owner: "kubelet's KUBE-MARK-DROP (0x00008000)" },
  { first: 16, last: 31, owner: 'Calico (0xffff0000) and for identities by Cilium' },
];

/**
 * The masquerade mark is kube-proxy's own
 *
 * Who sets or clears the same bit masquerades what should not be, or the other way round.
 */
export const markBitTaken: LintRule = {
  code: 'MARK_BIT_TAKEN',
  *check({ mode, snapshot: { config } }) {
    const section = mode === 'nftables' ? 'nftables' : 'iptables';
    const bit = config[section].masqueradeBit;
    for (const { first, last, owner } of claims) {
      if (bit < first || bit > last) continue;
      yield {
        message: `Bit ${bit} of the packet mark, by which kube-proxy masquerades, is used by ${owner} as well.`,
        objects: [configurationRef(`${section}.masqueradeBit`)],
      };
    }
  },
};
