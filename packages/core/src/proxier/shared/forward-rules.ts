import { chainName, type Rule } from '../../ruleset/iptables/index.ts';
import { commentMatch } from './matches.ts';
import { nodeRule } from './node-rule.ts';

export const forwardChain = chainName('KUBE-FORWARD');

/** Lets forwarded packets pass that are marked or belong to a known connection. */
export function forwardRules(masqueradeMark: number): Rule[] {
  return [
    nodeRule(forwardChain, {
      matches: [
        commentMatch('kubernetes forwarding rules'),
        { kind: 'mark', mark: masqueradeMark, mask: masqueradeMark },
      ],
      target: { kind: 'ACCEPT' },
      reason: 'forward marked packets',
    }),
    nodeRule(forwardChain, {
      matches: [
        commentMatch('kubernetes forwarding conntrack rule'),
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
      ],
      target: { kind: 'ACCEPT' },
      reason: 'forward known connections',
    }),
  ];
}
