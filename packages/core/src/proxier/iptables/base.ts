import type { Match, Rule } from '../../ruleset/iptables/index.ts';
import type { Family } from '../../netaddr/family.ts';
import type { NodePortAddresses } from '../../service/node-port-addresses.ts';
import { chains } from './chains.ts';
import { forwardChain, forwardRules } from '../shared/forward-rules.ts';
import type { MasqueradeOptions } from '../shared/masquerade-rules.ts';
import { commentMatch } from '../shared/matches.ts';
import { nodeRule } from '../shared/node-rule.ts';

/** What the rules depend on that every node has, with or without Services. */
export interface IptablesBase extends MasqueradeOptions {
  readonly family: Family;
  /** Node ports answer on 127.0.0.0/8; never in IPv6. */
  readonly localhostNodePorts: boolean;
  /** Drops packets of state INVALID; not needed where conntrack takes TCP liberally. */
  readonly dropsInvalid: boolean;
  /** Counts the dropped packets with xt_nfacct. */
  readonly countsInvalid: boolean;
  readonly nodePortAddresses: NodePortAddresses;
}

/** Before the rules of Services in filter: keeps `route_localnet` from opening 127.0.0.0/8 to neighbours. */
export function filterHead({ localhostNodePorts }: IptablesBase): Rule[] {
  if (!localhostNodePorts) return [];
  return [
    nodeRule(chains.firewall, {
      matches: [
        commentMatch('block incoming localnet connections'),
        { kind: 'destination', address: '127.0.0.0/8' },
        { kind: 'source', address: '127.0.0.0/8', inverted: true },
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], inverted: true },
      ],
      target: { kind: 'DROP' },
      reason: 'martian packets',
    }),
  ];
}

const invalidCounter = 'ct_state_invalid_dropped_pkts';

/** After the rules of Services in filter: what forwarded packets may pass. */
export function filterTail({
  masqueradeMark: mark,
  dropsInvalid,
  countsInvalid,
}: IptablesBase): Rule[] {
  const counter: Match[] = countsInvalid ? [{ kind: 'nfacct', name: invalidCounter }] : [];
  const invalid = nodeRule(forwardChain, {
    matches: [{ kind: 'conntrack', states: ['INVALID'] }, ...counter],
    target: { kind: 'DROP' },
    reason: 'invalid packets',
  });
  return [...(dropsInvalid ? [invalid] : []), ...forwardRules(mark)];
}

const lastRule = commentMatch(
  'kubernetes service nodeports; NOTE: this must be the last rule in this chain',
);

/** After the rules of Services in nat: traffic to the node's own addresses is looked up among the node ports. */
export function natTail({ family, localhostNodePorts, nodePortAddresses }: IptablesBase): Rule[] {
  if (!nodePortAddresses.matchAll) {
    return nodePortAddresses.addresses
      .filter(({ isLoopback }) => !isLoopback || localhostNodePorts)
      .map(({ ip }) => toNodePorts([{ kind: 'destination', address: ip }]));
  }
  const local: Match = { kind: 'addrtype', side: 'destination', type: 'LOCAL' };
  if (localhostNodePorts) return [toNodePorts([local])];
  const loopback = family === 'IPv4' ? '127.0.0.0/8' : '::1/128';
  return [toNodePorts([local, { kind: 'destination', address: loopback, inverted: true }])];
}

function toNodePorts(matches: readonly Match[]): Rule {
  return nodeRule(chains.services, {
    matches: [lastRule, ...matches],
    target: { kind: 'jump', chain: chains.nodePorts },
    reason: 'node ports',
  });
}
