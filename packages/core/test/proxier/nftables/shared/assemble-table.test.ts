import { expect, test } from 'vitest';
import { assembleTable } from '../../../../src/proxier/nftables/shared/assemble-table.ts';
import { objectName, printTable } from '../../../../src/ruleset/nftables/index.ts';

test.for([
  ['IPv4', 'ip'],
  ['IPv6', 'ip6'],
] as const)('%s: a table in which objects are in the order of their names', ([family, ip]) => {
  const names = ['b', 'B', 'a/b', 'a-b', 'a'].map(objectName);
  const type = ['inet_service'] as const;
  const table = assembleTable(family, {
    chains: names.map((name) => ({ name, rules: [] })),
    sets: names.map((name) => ({ name, type, elements: [] })),
    maps: names.map((name) => ({ name, type, data: 'verdict', elements: [] })),
  });
  const ordered = ['B', 'a', 'a-b', 'a/b', 'b'];
  expect(printTable(table).split('\n')).toEqual([
    `add table ${ip} kube-proxy { comment "rules for kube-proxy" ; }`,
    ...ordered.map((name) => `add chain ${ip} kube-proxy ${name}`),
    ...ordered.map((name) => `add set ${ip} kube-proxy ${name} { type inet_service ; }`),
    ...ordered.map((name) => `add map ${ip} kube-proxy ${name} { type inet_service : verdict ; }`),
    '',
  ]);
});
