import type { Family } from '../../netaddr/family.ts';
import type { ChainName, Match, Rule, Target } from '../../ruleset/iptables/index.ts';
import type { LocalTrafficDetector } from '../../service/local-traffic-detector.ts';
import { localTrafficMatch } from '../shared/matches.ts';
import { forwardRules } from '../shared/forward-rules.ts';
import {
  masqueradeRules,
  toMarkMasquerade,
  type MasqueradeOptions,
} from '../shared/masquerade-rules.ts';
import { nodeRule } from '../shared/node-rule.ts';
import { commentMatch } from '../shared/matches.ts';
import { chains } from './chains.ts';
import { filledSetRules, setComment, setMatch, type FilledSets } from './set-rules.ts';
import { setDefinitions, type SetKey } from './sets.ts';

/** What the rules of ipvs mode depend on besides the entries of the sets. */
export interface IpvsBase extends MasqueradeOptions {
  readonly family: Family;
  readonly masqueradeAll: boolean;
  readonly detector: LocalTrafficDetector | undefined;
}

const toDestination = ['dst', 'dst'] as const;
const accept: Target = { kind: 'ACCEPT' };
const toLocal: Match = { kind: 'addrtype', side: 'destination', type: 'LOCAL' };

interface SetRuleParts {
  readonly chain: ChainName;
  readonly matches: readonly Match[];
  readonly target: Target;
}

function setRule(set: SetKey, { chain, matches, target }: SetRuleParts): Rule {
  return nodeRule(chain, { matches, target, reason: setDefinitions[set].comment });
}

/** The nat rules, in the order in which kube-proxy writes them. */
export function natRules(base: IpvsBase, sets: FilledSets): Rule[] {
  const loopback = base.family === 'IPv4' ? '127.0.0.0/8' : '::1/128';
  const accepted: readonly SetKey[] = ['KUBE-CLUSTER-IP', 'KUBE-LOAD-BALANCER'];
  return [
    nodeRule(chains.services, {
      matches: [{ kind: 'source', address: loopback }],
      target: { kind: 'RETURN' },
      reason: 'loopback traffic',
    }),
    ...filledSetRules('nat', sets),
    ...clusterIPRules(base, sets),
    ...externalIPRules(sets),
    nodeRule(chains.services, {
      matches: [toLocal],
      target: { kind: 'jump', chain: chains.nodePort },
      reason: 'node ports',
    }),
    nodeRule(chains.loadBalancer, {
      matches: [],
      target: toMarkMasquerade,
      reason: 'masquerade external traffic',
    }),
    ...accepted.filter(sets.isFilled).map((set) =>
      setRule(set, {
        chain: chains.services,
        matches: [setMatch(set, toDestination, sets)],
        target: accept,
      }),
    ),
    ...masqueradeRules(base),
  ];
}

function clusterIPRules({ masqueradeAll, detector }: IpvsBase, sets: FilledSets): Rule[] {
  const set = 'KUBE-CLUSTER-IP';
  if (!sets.isFilled(set)) return [];
  const offCluster = detector && !masqueradeAll ? [localTrafficMatch(detector, true)] : [];
  // Without a detector only the node's own calls are masqueraded: their source is the cluster IP itself.
  const fields = masqueradeAll || detector ? toDestination : (['src', 'dst'] as const);
  return [
    setRule(set, {
      chain: chains.services,
      matches: [setComment(set), setMatch(set, fields, sets), ...offCluster],
      target: toMarkMasquerade,
    }),
  ];
}

function externalIPRules(sets: FilledSets): Rule[] {
  const fromOutside: Match[] = [
    { kind: 'physdevIsIn', inverted: true },
    { kind: 'addrtype', side: 'source', type: 'LOCAL', inverted: true },
  ];
  return (['KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'] as const)
    .filter(sets.isFilled)
    .flatMap((set) => {
      const rule = (matches: readonly Match[], target: Target): Rule =>
        setRule(set, {
          chain: chains.services,
          matches: [setComment(set), setMatch(set, toDestination, sets), ...matches],
          target,
        });
      const masquerade = set === 'KUBE-EXTERNAL-IP' ? [rule([], toMarkMasquerade)] : [];
      return [...masquerade, rule(fromOutside, accept), rule([toLocal], accept)];
    });
}

/** The filter rules, in the order in which kube-proxy writes them. `drops` are those of the service ports. */
export function filterRules(base: IpvsBase, sets: FilledSets, drops: readonly Rule[]): Rule[] {
  const passed: readonly SetKey[] = [
    'KUBE-LOAD-BALANCER',
    'KUBE-CLUSTER-IP',
    'KUBE-EXTERNAL-IP',
    'KUBE-EXTERNAL-IP-LOCAL',
    'KUBE-HEALTH-CHECK-NODE-PORT',
  ];
  const healthCheck = 'KUBE-HEALTH-CHECK-NODE-PORT';
  return [
    ...filledSetRules('filter', sets),
    nodeRule(chains.sourceRangesFirewall, {
      matches: [],
      target: { kind: 'DROP' },
      reason: 'load balancer source ranges',
    }),
    ...drops,
    ...forwardRules(base.masqueradeMark),
    setRule(healthCheck, {
      chain: chains.nodePort,
      matches: [
        commentMatch('Kubernetes health check node port'),
        setMatch(healthCheck, ['dst'], sets),
      ],
      target: accept,
    }),
    ...passed.map((set) =>
      setRule(set, {
        chain: chains.ipvsFilter,
        matches: [
          setMatch(set, setDefinitions[set].type === 'bitmap:port' ? ['dst'] : toDestination, sets),
        ],
        target: { kind: 'RETURN' },
      }),
    ),
    setRule('KUBE-IPVS-IPS', {
      chain: chains.ipvsFilter,
      matches: [{ kind: 'conntrack', states: ['NEW'] }, setMatch('KUBE-IPVS-IPS', ['dst'], sets)],
      target: { kind: 'REJECT' },
    }),
  ];
}
