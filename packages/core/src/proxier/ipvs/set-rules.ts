import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { SetName } from '../../ruleset/ipset/index.ts';
import type { ChainName, Match, Rule, TableName, Target } from '../../ruleset/iptables/index.ts';
import { commentMatch } from '../shared/matches.ts';
import { postroutingChain, toMarkMasquerade } from '../shared/masquerade-rules.ts';
import { nodeRule } from '../shared/node-rule.ts';
import { chains } from './chains.ts';
import { setDefinitions, type SetKey } from './sets.ts';

type Field = 'src' | 'dst';

const toAddress: readonly Field[] = ['dst', 'dst'];
const toAddressFrom: readonly Field[] = ['dst', 'dst', 'src'];
const toPort: readonly Field[] = ['dst'];

interface SetRule {
  readonly table: TableName;
  readonly set: SetKey;
  readonly from: ChainName;
  readonly target: Target;
  readonly fields: readonly Field[];
  readonly protocol?: ProtocolName;
}

const toReturn: Target = { kind: 'RETURN' };

/** One rule for each set, in the order in which kube-proxy writes them. */
const setRules: readonly SetRule[] = [
  {
    table: 'nat',
    set: 'KUBE-LOOP-BACK',
    from: postroutingChain,
    target: { kind: 'MASQUERADE', randomFully: false },
    fields: toAddressFrom,
  },
  {
    table: 'nat',
    set: 'KUBE-LOAD-BALANCER',
    from: chains.services,
    target: { kind: 'jump', chain: chains.loadBalancer },
    fields: toAddress,
  },
  {
    table: 'nat',
    set: 'KUBE-LOAD-BALANCER-LOCAL',
    from: chains.loadBalancer,
    target: toReturn,
    fields: toAddress,
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-LOCAL-TCP',
    from: chains.nodePort,
    target: toReturn,
    fields: toPort,
    protocol: 'tcp',
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-TCP',
    from: chains.nodePort,
    target: toMarkMasquerade,
    fields: toPort,
    protocol: 'tcp',
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-LOCAL-UDP',
    from: chains.nodePort,
    target: toReturn,
    fields: toPort,
    protocol: 'udp',
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-UDP',
    from: chains.nodePort,
    target: toMarkMasquerade,
    fields: toPort,
    protocol: 'udp',
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH',
    from: chains.nodePort,
    target: toReturn,
    fields: toAddress,
    protocol: 'sctp',
  },
  {
    table: 'nat',
    set: 'KUBE-NODE-PORT-SCTP-HASH',
    from: chains.nodePort,
    target: toMarkMasquerade,
    fields: toAddress,
    protocol: 'sctp',
  },
  {
    table: 'filter',
    set: 'KUBE-LOAD-BALANCER-FW',
    from: chains.proxyFirewall,
    target: { kind: 'jump', chain: chains.sourceRangesFirewall },
    fields: toAddress,
  },
  {
    table: 'filter',
    set: 'KUBE-LOAD-BALANCER-SOURCE-CIDR',
    from: chains.sourceRangesFirewall,
    target: toReturn,
    fields: toAddressFrom,
  },
  {
    table: 'filter',
    set: 'KUBE-LOAD-BALANCER-SOURCE-IP',
    from: chains.sourceRangesFirewall,
    target: toReturn,
    fields: toAddressFrom,
  },
];

/** Which sets have entries, and what they are called in the family. */
export interface FilledSets {
  readonly nameOf: (set: SetKey) => SetName;
  readonly isFilled: (set: SetKey) => boolean;
}

/** The rules of one table that match sets which have entries. */
export function filledSetRules(table: TableName, sets: FilledSets): Rule[] {
  return setRules
    .filter((rule) => rule.table === table && sets.isFilled(rule.set))
    .map(({ set, from, target, fields, protocol }) => {
      const ofProtocol: Match[] =
        protocol === undefined ? [] : [{ kind: 'protocol', protocol, module: false }];
      return nodeRule(from, {
        matches: [...ofProtocol, setComment(set), setMatch(set, fields, sets)],
        target,
        reason: setDefinitions[set].comment,
      });
    });
}

export function setComment(set: SetKey): Match {
  return commentMatch(setDefinitions[set].comment);
}

export function setMatch(set: SetKey, fields: readonly Field[], { nameOf }: FilledSets): Match {
  return { kind: 'set', name: nameOf(set), fields };
}
