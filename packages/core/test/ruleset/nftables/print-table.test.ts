import { expect, test } from 'vitest';
import type { Chain, Table } from '../../../src/ruleset/nftables/ast.ts';
import { objectName } from '../../../src/ruleset/nftables/names.ts';
import {
  printChain,
  printMap,
  printPlace,
  printReplacement,
  printRule,
  printSet,
  printTable,
} from '../../../src/ruleset/nftables/print-table.ts';
import { tableOf } from '../../support/nftables.ts';

const origin = { reason: 'a test' };

function chainOf(name: string, fields: Partial<Chain> = {}): Chain {
  return { name: objectName(name), rules: [], ...fields };
}

function ruleOf(chain: string, comment?: string): Chain['rules'][number] {
  return {
    chain: objectName(chain),
    statements: [{ kind: 'masquerade' }, { kind: 'reject' }],
    ...(comment !== undefined && { comment }),
    origin,
  };
}

const table: Table = {
  family: 'ip6',
  name: objectName('kube-proxy'),
  comment: 'rules for kube-proxy',
  chains: [
    chainOf('b', {
      hook: { type: 'filter', hook: 'input', priority: -110 },
      rules: [ruleOf('b', 'why'), ruleOf('b')],
    }),
    chainOf('a', { comment: 'helper', rules: [ruleOf('a')] }),
    chainOf('c'),
  ],
  sets: [
    {
      name: objectName('clients'),
      type: ['ipv6_addr'],
      flags: ['dynamic', 'timeout'],
      timeout: 10_800,
      comment: 'all of it',
      elements: [],
    },
    {
      name: objectName('pairs'),
      type: ['ipv6_addr', 'inet_service'],
      elements: [
        { key: ['fd00::2', '80'], origin },
        { key: ['fd00::1', '80'], comment: 'x', origin },
      ],
    },
  ],
  maps: [
    {
      name: objectName('verdicts'),
      type: ['inet_proto', 'inet_service'],
      data: 'verdict',
      comment: 'where to',
      elements: [
        { key: ['tcp', '80'], comment: 'ns1/svc1:p80', verdict: { kind: 'drop' }, origin },
        { key: ['udp', '53'], verdict: { kind: 'goto', chain: objectName('a') }, origin },
      ],
    },
    { name: objectName('empty'), type: ['inet_service'], data: 'verdict', elements: [] },
  ],
};

const text = `add table ip6 kube-proxy { comment "rules for kube-proxy" ; }
add chain ip6 kube-proxy b { type filter hook input priority -110 ; }
add chain ip6 kube-proxy a { comment "helper" ; }
add chain ip6 kube-proxy c
add set ip6 kube-proxy clients { type ipv6_addr ; flags dynamic,timeout ; timeout 10800s ; comment "all of it" ; }
add set ip6 kube-proxy pairs { type ipv6_addr . inet_service ; }
add map ip6 kube-proxy verdicts { type inet_proto . inet_service : verdict ; comment "where to" ; }
add map ip6 kube-proxy empty { type inet_service : verdict ; }
add rule ip6 kube-proxy b masquerade fully-random reject comment "why"
add rule ip6 kube-proxy b masquerade fully-random reject
add rule ip6 kube-proxy a masquerade fully-random reject
add element ip6 kube-proxy pairs { fd00::2 . 80 }
add element ip6 kube-proxy pairs { fd00::1 . 80 comment "x" }
add element ip6 kube-proxy verdicts { tcp . 80 comment "ns1/svc1:p80" : drop }
add element ip6 kube-proxy verdicts { udp . 53 : goto a }
`;

test('a table is a listing of table, chains, sets, maps, rules and elements, each in their order', () => {
  expect(printTable(table)).toBe(text);
});

test('an empty table without a comment is one line', () => {
  expect(printTable(tableOf())).toBe('add table ip t\n');
});

test('a replacement deletes the table first, which must be there for that', () => {
  expect(printReplacement(table)).toBe(
    `add table ip6 kube-proxy\ndelete table ip6 kube-proxy\n${text}`,
  );
});

test('the elements of a set or map can be one command, a line each', () => {
  const start = text.slice(0, text.indexOf('add element'));
  expect(printTable(table, { together: true })).toBe(`${start}add element ip6 kube-proxy pairs {
fd00::2 . 80,
fd00::1 . 80 comment "x",
}
add element ip6 kube-proxy verdicts {
tcp . 80 comment "ns1/svc1:p80" : drop,
udp . 53 : goto a,
}
`);
  expect(printReplacement(table, { together: true })).toBe(
    `add table ip6 kube-proxy\ndelete table ip6 kube-proxy\n${printTable(table, { together: true })}`,
  );
});

test('each part of a table, as commands take it', () => {
  const [chain] = table.chains;
  const [clients, pairs] = table.sets;
  const [verdicts] = table.maps;
  expect(printPlace(table)).toBe('ip6 kube-proxy');
  expect(printChain(chain!)).toBe('b { type filter hook input priority -110 ; }');
  expect(printChain(chainOf('c'))).toBe('c');
  expect(printRule(ruleOf('b', 'why'))).toBe('b masquerade fully-random reject comment "why"');
  expect(printSet(clients!)).toBe(
    'clients { type ipv6_addr ; flags dynamic,timeout ; timeout 10800s ; comment "all of it" ; }',
  );
  expect(printSet(pairs!)).toBe('pairs { type ipv6_addr . inet_service ; }');
  expect(printMap(verdicts!)).toBe(
    'verdicts { type inet_proto . inet_service : verdict ; comment "where to" ; }',
  );
});

test('a set has a size, and a set or map the type of an expression, where it is told', () => {
  const type = { kind: 'numgen', modulus: 65_536 } as const;
  const name = objectName('x');
  expect(printSet({ name, type, size: 1_048_576, flags: ['interval'], elements: [] })).toBe(
    'x { typeof numgen random mod 65536 ; size 1048576 ; flags interval ; }',
  );
  expect(printMap({ name, type: ['ipv4_addr'], data: type, elements: [] })).toBe(
    'x { type ipv4_addr : numgen random mod 65536 ; }',
  );
});

test('a comment that would end before its end is refused wherever it stands', () => {
  const comment = 'a" ; flush ruleset ; "';
  const name = objectName('x');
  const tables: readonly Partial<Table>[] = [
    { comment },
    { chains: [chainOf('a', { comment })] },
    { chains: [chainOf('a', { rules: [ruleOf('a', comment)] })] },
    { sets: [{ name, type: ['ipv4_addr'], comment, elements: [] }] },
    { maps: [{ name, type: ['ipv4_addr'], data: 'verdict', comment, elements: [] }] },
    { sets: [{ name, type: ['ipv4_addr'], elements: [{ key: ['1'], comment, origin }] }] },
  ];
  for (const fields of tables) expect(() => printTable(tableOf(fields))).toThrow(TypeError);
});
