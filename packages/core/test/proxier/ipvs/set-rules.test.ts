import { expect, test } from 'vitest';
import { familySetName } from '../../../src/proxier/names/set-names.ts';
import {
  filledSetRules,
  setComment,
  setMatch,
  type FilledSets,
} from '../../../src/proxier/ipvs/set-rules.ts';
import { setDefinitions, setKeys, type SetKey } from '../../../src/proxier/ipvs/sets.ts';
import type { Family } from '../../../src/netaddr/family.ts';
import { printRules, reasonsOf } from '../../support/model.ts';

interface Row {
  readonly table: 'nat' | 'filter';
  readonly set: SetKey;
  readonly from: string;
  readonly to: string;
  readonly fields: string;
  readonly protocol?: string;
}

/** Rows a to l of the specification, section 3.4, step 2. */
const rows: readonly Row[] = [
  ['nat', 'LOOP-BACK', 'POSTROUTING', 'MASQUERADE', 'dst,dst,src'],
  ['nat', 'LOAD-BALANCER', 'SERVICES', 'KUBE-LOAD-BALANCER', 'dst,dst'],
  ['nat', 'LOAD-BALANCER-LOCAL', 'LOAD-BALANCER', 'RETURN', 'dst,dst'],
  ['nat', 'NODE-PORT-LOCAL-TCP', 'NODE-PORT', 'RETURN', 'dst', 'tcp'],
  ['nat', 'NODE-PORT-TCP', 'NODE-PORT', 'KUBE-MARK-MASQ', 'dst', 'tcp'],
  ['nat', 'NODE-PORT-LOCAL-UDP', 'NODE-PORT', 'RETURN', 'dst', 'udp'],
  ['nat', 'NODE-PORT-UDP', 'NODE-PORT', 'KUBE-MARK-MASQ', 'dst', 'udp'],
  ['nat', 'NODE-PORT-LOCAL-SCTP-HASH', 'NODE-PORT', 'RETURN', 'dst,dst', 'sctp'],
  ['nat', 'NODE-PORT-SCTP-HASH', 'NODE-PORT', 'KUBE-MARK-MASQ', 'dst,dst', 'sctp'],
  ['filter', 'LOAD-BALANCER-FW', 'PROXY-FIREWALL', 'KUBE-SOURCE-RANGES-FIREWALL', 'dst,dst'],
  ['filter', 'LOAD-BALANCER-SOURCE-CIDR', 'SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
  ['filter', 'LOAD-BALANCER-SOURCE-IP', 'SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
].map(([table, set, from, to = '', fields = '', protocol]) => ({
  table: table === 'nat' ? 'nat' : 'filter',
  set: `KUBE-${set}` as SetKey,
  from: `KUBE-${from}`,
  to,
  fields,
  ...(protocol !== undefined && { protocol }),
}));

function print({ set, from, to, fields, protocol }: Row, name: string = set): string {
  const words = protocol === undefined ? '' : ` -p ${protocol}`;
  const { comment } = setDefinitions[set];
  return `-A ${from}${words} -m comment --comment "${comment}" -m set --match-set ${name} ${fields} -j ${to}`;
}

function setsOf(filled: readonly SetKey[], family: Family = 'IPv4'): FilledSets {
  return {
    nameOf: (set) => familySetName(set, family),
    isFilled: (set) => filled.includes(set),
  };
}

test.for(['nat', 'filter'] as const)(
  'with all sets filled, %s has the rules of kube-proxy in its order',
  (table) => {
    expect(printRules(filledSetRules(table, setsOf(setKeys)))).toEqual(
      rows.filter((row) => row.table === table).map((row) => print(row)),
    );
  },
);

function printAll(sets: FilledSets): string[] {
  return printRules([...filledSetRules('nat', sets), ...filledSetRules('filter', sets)]);
}

test.for(rows)('$set has its own rule, and only if it has entries', (row) => {
  expect(printAll(setsOf([row.set]))).toEqual([print(row)]);
  expect(printAll(setsOf(setKeys.filter((set) => set !== row.set)))).not.toContain(print(row));
});

test('in IPv6 the sets have other names, and the chains the same', () => {
  expect(
    printRules(filledSetRules('filter', setsOf(['KUBE-LOAD-BALANCER-SOURCE-CIDR'], 'IPv6'))),
  ).toEqual([
    '-A KUBE-SOURCE-RANGES-FIREWALL -m comment --comment "Kubernetes service load balancer ip + port + source cidr for packet filter purpose" -m set --match-set KUBE-6-LOAD-BALANCER-SOURCE-CID dst,dst,src -j RETURN',
  ]);
});

test('the reason of a rule is the comment of its set', () => {
  expect(reasonsOf(filledSetRules('nat', setsOf(['KUBE-LOOP-BACK'])))).toEqual([
    'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose',
  ]);
});

test('a set is matched by its name in the family, and has its comment', () => {
  expect(setMatch('KUBE-CLUSTER-IP', ['src', 'dst'], setsOf([], 'IPv6'))).toEqual({
    kind: 'set',
    name: 'KUBE-6-CLUSTER-IP',
    fields: ['src', 'dst'],
  });
  expect(setComment('KUBE-IPVS-IPS')).toEqual({
    kind: 'comment',
    text: 'Addresses on the ipvs interface',
  });
});
