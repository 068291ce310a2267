import type { Family } from '../../../netaddr/family.ts';
import type { Chain, Hook, ObjectName, Rule, Statement } from '../../../ruleset/nftables/index.ts';
import { objectName } from '../../../ruleset/nftables/index.ts';
import type { LocalTrafficDetector } from '../../../service/local-traffic-detector.ts';
import {
  addressKey,
  connectionKey,
  destinationAddress,
  familyWords,
  localTraffic,
  portKey,
  verdict,
} from './expressions.ts';
import { chains, containers } from './objects.ts';

/** What the chains depend on that every node has, with or without Services. */
export interface NftablesBase {
  readonly family: Family;
  readonly masqueradeMark: number;
  readonly masqueradeAll: boolean;
  readonly detector: LocalTrafficDetector | undefined;
  /** Node ports are served on every address of the node. */
  readonly matchAllNodePorts: boolean;
}

export interface BaseRule {
  readonly statements: readonly Statement[];
  readonly comment?: string;
}

interface BaseChain {
  readonly hook?: Hook;
  readonly comment?: string;
  readonly rules: readonly BaseRule[];
}

/** All chains of the node; how source ranges are checked is up to the layout. */
export function baseChains(base: NftablesBase, firewallCheck: BaseRule): Chain[] {
  return nodeChains([
    ...hookChains,
    [chains.firewallCheck, { rules: [firewallCheck] }],
    ...fixedChains(base),
  ]);
}

/** Chains that belong to the node, not to a Service. */
export function nodeChains(named: readonly NamedChain[]): Chain[] {
  return named.map(([name, { hook, comment, rules }]) => ({
    name,
    ...(hook && { hook }),
    ...(comment !== undefined && { comment }),
    rules: rules.map((rule): Rule => ({ chain: name, ...rule, origin: { reason: name } })),
  }));
}

export type NamedChain = readonly [ObjectName, BaseChain];

const newConnection: Statement = {
  kind: 'match',
  left: { kind: 'ct', key: 'state' },
  right: { kind: 'value', text: 'new' },
};

function checks(...targets: readonly ObjectName[]): BaseRule[] {
  return targets.map((chain) => ({
    statements: [newConnection, verdict({ kind: 'jump', chain })],
  }));
}

function jumpTo(chain: ObjectName): BaseRule[] {
  return [{ statements: [verdict({ kind: 'jump', chain })] }];
}

/** The chains that the kernel calls. Before DNAT come the source ranges; after it, what has no endpoint is turned away. */
const hookChains: readonly NamedChain[] = [
  [
    objectName('filter-prerouting-pre-dnat'),
    {
      hook: { type: 'filter', hook: 'prerouting', priority: -110 },
      rules: checks(chains.firewallCheck),
    },
  ],
  [
    objectName('filter-output-pre-dnat'),
    {
      hook: { type: 'filter', hook: 'output', priority: -110 },
      rules: checks(chains.firewallCheck),
    },
  ],
  [
    objectName('filter-input'),
    {
      hook: { type: 'filter', hook: 'input', priority: 0 },
      rules: checks(chains.nodePortEndpointsCheck, chains.serviceEndpointsCheck),
    },
  ],
  [
    objectName('filter-forward'),
    {
      hook: { type: 'filter', hook: 'forward', priority: 0 },
      rules: checks(chains.serviceEndpointsCheck, chains.clusterIPsCheck),
    },
  ],
  [
    objectName('filter-output'),
    {
      hook: { type: 'filter', hook: 'output', priority: 0 },
      rules: checks(chains.serviceEndpointsCheck, chains.clusterIPsCheck),
    },
  ],
  [
    objectName('nat-prerouting'),
    { hook: { type: 'nat', hook: 'prerouting', priority: -100 }, rules: jumpTo(chains.services) },
  ],
  [
    objectName('nat-output'),
    { hook: { type: 'nat', hook: 'output', priority: -100 }, rules: jumpTo(chains.services) },
  ],
  [
    objectName('nat-postrouting'),
    {
      hook: { type: 'nat', hook: 'postrouting', priority: 100 },
      rules: jumpTo(chains.masquerading),
    },
  ],
];

function fixedChains(base: NftablesBase): NamedChain[] {
  const { family } = base;
  const toNodePorts = nodePortDestination(base);
  const isLocal: Statement[] = base.matchAllNodePorts ? [toNodeItself] : [];
  return [
    [chains.clusterIPsCheck, { rules: [rejectUnusedPorts(family)] }],
    [chains.masquerading, { rules: masqueradingRules(base) }],
    [chains.reject, { comment: rejectComment, rules: [{ statements: [{ kind: 'reject' }] }] }],
    [
      chains.serviceEndpointsCheck,
      { rules: [lookUpAddress(family, containers.noEndpointServices)] },
    ],
    [
      chains.nodePortEndpointsCheck,
      {
        rules: [
          {
            statements: [
              toNodePorts,
              { kind: 'vmap', key: portKey, map: containers.noEndpointNodePorts },
            ],
          },
        ],
      },
    ],
    [
      chains.services,
      {
        rules: [
          ...clusterIPMasquerade(base),
          lookUpAddress(family, containers.serviceIPs),
          {
            statements: [
              ...isLocal,
              toNodePorts,
              { kind: 'vmap', key: portKey, map: containers.serviceNodePorts },
            ],
          },
        ],
      },
    ],
  ];
}

const rejectComment = 'helper for @no-endpoint-services / @no-endpoint-nodeports';

const toNodeItself: Statement = {
  kind: 'match',
  left: { kind: 'fib', field: 'daddr' },
  right: { kind: 'value', text: 'local' },
};

/** `ip daddr . meta l4proto . th dport vmap @map` */
export function lookUpAddress(family: Family, map: ObjectName): BaseRule {
  return { statements: [{ kind: 'vmap', key: addressKey(family), map }] };
}

/** Node ports never answer on loopback addresses in this mode. */
function nodePortDestination({ family, matchAllNodePorts }: NftablesBase): Statement {
  const left = destinationAddress(family);
  if (!matchAllNodePorts)
    return { kind: 'match', left, right: { kind: 'set', name: containers.nodePortIPs } };
  return {
    kind: 'match',
    left,
    inverted: true,
    right: { kind: 'value', text: familyWords[family].loopback },
  };
}

function toClusterIPs(family: Family): Statement {
  return {
    kind: 'match',
    left: destinationAddress(family),
    right: { kind: 'set', name: containers.clusterIPs },
  };
}

function rejectUnusedPorts(family: Family): BaseRule {
  return {
    statements: [toClusterIPs(family), { kind: 'reject' }],
    comment: 'Reject traffic to invalid ports of ClusterIPs',
  };
}

function masqueradingRules({ family, masqueradeMark: mark }: NftablesBase): BaseRule[] {
  const isMarked: Statement = {
    kind: 'match',
    left: { kind: 'markAnd', mask: mark },
    inverted: true,
    right: { kind: 'value', text: '0' },
  };
  const isTranslated: Statement = {
    kind: 'match',
    left: { kind: 'ct', key: 'status' },
    right: { kind: 'value', text: 'dnat' },
  };
  const isHairpin: Statement = {
    kind: 'match',
    left: connectionKey(family),
    right: { kind: 'set', name: containers.hairpinConnections },
  };
  return [
    { statements: [isMarked, { kind: 'markSet', operation: 'xor', mark }, { kind: 'masquerade' }] },
    { statements: [isTranslated, isHairpin, { kind: 'masquerade' }] },
  ];
}

function clusterIPMasquerade({
  family,
  masqueradeAll,
  detector,
  masqueradeMark: mark,
}: NftablesBase): BaseRule[] {
  const setMark: Statement = { kind: 'markSet', operation: 'or', mark };
  if (masqueradeAll) {
    return [
      { statements: [toClusterIPs(family), setMark], comment: 'masquerade all clusterIP traffic' },
    ];
  }
  if (!detector) return [];
  return [
    {
      statements: [toClusterIPs(family), localTraffic(detector, family, true), setMark],
      comment: 'masquerade clusterIP traffic from outside cluster',
    },
  ];
}
