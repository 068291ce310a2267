import { expect, test } from 'vitest';
import {
  filterRules,
  natRules as printableNatRules,
  type IpvsBase,
} from '../../../src/proxier/ipvs/base.ts';
import type { FilledSets } from '../../../src/proxier/ipvs/set-rules.ts';
import type { SetKey } from '../../../src/proxier/ipvs/sets.ts';
import { familySetName } from '../../../src/proxier/names/set-names.ts';
import type { Family } from '../../../src/netaddr/family.ts';
import { printRules } from '../../support/model.ts';
import { ruleOf } from '../../support/rules.ts';

function baseOf(fields: Partial<IpvsBase> = {}): IpvsBase {
  return {
    family: 'IPv4',
    masqueradeMark: 0x4000,
    randomFully: true,
    masqueradeAll: false,
    detector: { kind: 'cidr', cidr: '10.0.0.0/8' },
    ...fields,
  };
}

function setsOf(filled: readonly SetKey[], family: Family = 'IPv4'): FilledSets {
  return {
    nameOf: (set) => familySetName(set, family),
    isFilled: (set) => filled.includes(set),
  };
}

function natRules(filled: readonly SetKey[], fields: Partial<IpvsBase> = {}): string[] {
  return printRules(printableNatRules(baseOf(fields), setsOf(filled, fields.family)));
}

const loopback = '-A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN';
const always = [
  '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
  '-A KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ',
];
const masquerade = [
  '-A KUBE-POSTROUTING -m mark ! --mark 0x00004000/0x00004000 -j RETURN',
  '-A KUBE-POSTROUTING -j MARK --xor-mark 0x00004000',
  '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
  '-A KUBE-MARK-MASQ -j MARK --or-mark 0x00004000',
];

test('with empty sets nat has the rules of every node', () => {
  expect(natRules([])).toEqual([loopback, ...always, ...masquerade]);
});

test('in IPv6 loopback is another address', () => {
  expect(natRules([], { family: 'IPv6' })[0]).toBe('-A KUBE-SERVICES -s ::1/128 -j RETURN');
});

const clusterIP =
  '-A KUBE-SERVICES -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP';

test.for<[string, Partial<IpvsBase>, string]>([
  ['what comes from outside the cluster CIDR', {}, 'dst,dst ! -s 10.0.0.0/8'],
  [
    'what comes from no bridge',
    { detector: { kind: 'bridgeInterface', name: 'cni0' } },
    'dst,dst ! -i cni0',
  ],
  [
    'what comes from no interface of a pod',
    { detector: { kind: 'interfaceNamePrefix', prefix: 'veth' } },
    'dst,dst ! -i veth+',
  ],
  ['all with masqueradeAll', { masqueradeAll: true }, 'dst,dst'],
  [
    'all with masqueradeAll, without a detector',
    { masqueradeAll: true, detector: undefined },
    'dst,dst',
  ],
  ['the node’s own calls without a detector', { detector: undefined }, 'src,dst'],
])('to cluster IPs it masquerades %s', ([, fields, words]) => {
  expect(natRules(['KUBE-CLUSTER-IP'], fields)).toEqual([
    loopback,
    `${clusterIP} ${words} -j KUBE-MARK-MASQ`,
    ...always,
    '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT',
    ...masquerade,
  ]);
});

function externalIP(set: string, purpose: string): (words: string) => string {
  return (words) =>
    `-A KUBE-SERVICES -m comment --comment "Kubernetes service external ip + port ${purpose}" -m set --match-set ${set} dst,dst ${words}`;
}
const plain = externalIP('KUBE-EXTERNAL-IP', 'for masquerade and filter purpose');
const local = externalIP('KUBE-EXTERNAL-IP-LOCAL', 'with externalTrafficPolicy=local');
const accepted = [
  '-m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT',
  '-m addrtype --dst-type LOCAL -j ACCEPT',
];

test('traffic for external IPs is masqueraded, and accepted', () => {
  expect(natRules(['KUBE-EXTERNAL-IP'])).toEqual([
    loopback,
    plain('-j KUBE-MARK-MASQ'),
    ...accepted.map(plain),
    ...always,
    ...masquerade,
  ]);
});

test('under policy Local it is only accepted', () => {
  expect(natRules(['KUBE-EXTERNAL-IP-LOCAL'])).toEqual([
    loopback,
    ...accepted.map(local),
    ...always,
    ...masquerade,
  ]);
});

test('everything together is in the order of kube-proxy', () => {
  const rules = natRules([
    'KUBE-LOOP-BACK',
    'KUBE-CLUSTER-IP',
    'KUBE-EXTERNAL-IP',
    'KUBE-EXTERNAL-IP-LOCAL',
    'KUBE-LOAD-BALANCER',
    'KUBE-NODE-PORT-TCP',
  ]);
  expect(rules).toEqual([
    loopback,
    '-A KUBE-POSTROUTING -m comment --comment "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose" -m set --match-set KUBE-LOOP-BACK dst,dst,src -j MASQUERADE',
    '-A KUBE-SERVICES -m comment --comment "Kubernetes service lb portal" -m set --match-set KUBE-LOAD-BALANCER dst,dst -j KUBE-LOAD-BALANCER',
    '-A KUBE-NODE-PORT -p tcp -m comment --comment "Kubernetes nodeport TCP port for masquerade purpose" -m set --match-set KUBE-NODE-PORT-TCP dst -j KUBE-MARK-MASQ',
    `${clusterIP} dst,dst ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ`,
    plain('-j KUBE-MARK-MASQ'),
    ...accepted.map(plain),
    ...accepted.map(local),
    ...always,
    '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT',
    '-A KUBE-SERVICES -m set --match-set KUBE-LOAD-BALANCER dst,dst -j ACCEPT',
    ...masquerade,
  ]);
});

const tail = [
  '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x00004000/0x00004000 -j ACCEPT',
  '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A KUBE-NODE-PORT -m comment --comment "Kubernetes health check node port" -m set --match-set KUBE-HEALTH-CHECK-NODE-PORT dst -j ACCEPT',
  '-A KUBE-IPVS-FILTER -m set --match-set KUBE-LOAD-BALANCER dst,dst -j RETURN',
  '-A KUBE-IPVS-FILTER -m set --match-set KUBE-CLUSTER-IP dst,dst -j RETURN',
  '-A KUBE-IPVS-FILTER -m set --match-set KUBE-EXTERNAL-IP dst,dst -j RETURN',
  '-A KUBE-IPVS-FILTER -m set --match-set KUBE-EXTERNAL-IP-LOCAL dst,dst -j RETURN',
  '-A KUBE-IPVS-FILTER -m set --match-set KUBE-HEALTH-CHECK-NODE-PORT dst -j RETURN',
  '-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT',
];

test('filter: the drops of service ports stand between the firewall and what every node has', () => {
  const drops = [ruleOf('KUBE-IPVS-OUT-FILTER', [], { kind: 'DROP' })];
  expect(printRules(filterRules(baseOf(), setsOf(['KUBE-LOAD-BALANCER-FW']), drops))).toEqual([
    '-A KUBE-PROXY-FIREWALL -m comment --comment "Kubernetes service load balancer ip + port for load balancer with sourceRange" -m set --match-set KUBE-LOAD-BALANCER-FW dst,dst -j KUBE-SOURCE-RANGES-FIREWALL',
    '-A KUBE-SOURCE-RANGES-FIREWALL -j DROP',
    '-A KUBE-IPVS-OUT-FILTER -j DROP',
    ...tail,
  ]);
});

test('filter: the sets are looked up even if they are empty, by their names in the family', () => {
  const rules = printRules(filterRules(baseOf({ family: 'IPv6' }), setsOf([], 'IPv6'), []));
  expect(rules).toEqual([
    '-A KUBE-SOURCE-RANGES-FIREWALL -j DROP',
    ...tail.map((rule) => rule.replace('--match-set KUBE-', '--match-set KUBE-6-')),
  ]);
});

test('these rules are of no service port', () => {
  const rules = [
    ...printableNatRules(baseOf(), setsOf([])),
    ...filterRules(baseOf(), setsOf([]), []),
  ];
  expect(new Set(rules.flatMap(({ origin }) => Object.keys(origin)))).toEqual(new Set(['reason']));
  expect(rules.every(({ origin }) => origin.reason !== '')).toBe(true);
});
