import { chainName, type Rule, type Target } from '../../ruleset/iptables/index.ts';
import { commentMatch } from './matches.ts';
import { nodeRule } from './node-rule.ts';

export const postroutingChain = chainName('KUBE-POSTROUTING');
export const markMasqueradeChain = chainName('KUBE-MARK-MASQ');

/** Marks a packet for masquerading; the chain returns, and the packet goes on. */
export const toMarkMasquerade: Target = { kind: 'jump', chain: markMasqueradeChain };

export interface MasqueradeOptions {
  readonly masqueradeMark: number;
  readonly randomFully: boolean;
}

/** Masquerades marked packets, and clears the mark so that a tunnel does not see it again. */
export function masqueradeRules({ masqueradeMark: mark, randomFully }: MasqueradeOptions): Rule[] {
  const reason = 'masquerade';
  return [
    nodeRule(postroutingChain, {
      matches: [{ kind: 'mark', mark, mask: mark, inverted: true }],
      target: { kind: 'RETURN' },
      reason,
    }),
    nodeRule(postroutingChain, {
      matches: [],
      target: { kind: 'MARK', operation: 'xor', mark },
      reason,
    }),
    nodeRule(postroutingChain, {
      matches: [commentMatch('kubernetes service traffic requiring SNAT')],
      target: { kind: 'MASQUERADE', randomFully },
      reason,
    }),
    nodeRule(markMasqueradeChain, {
      matches: [],
      target: { kind: 'MARK', operation: 'or', mark },
      reason,
    }),
  ];
}
