import { expect, test } from 'vitest';
import type { Chain, Table } from '../../../src/ruleset/nftables/ast.ts';
import { objectName } from '../../../src/ruleset/nftables/names.ts';
import {
  printElement,
  printReplacement,
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
      comment: 'where to',
      elements: [
        { key: ['tcp', '80'], comment: 'ns1/svc1:p80', verdict: { kind: 'drop' }, origin },
        { key: ['udp', '53'], verdict: { kind: 'goto', chain: objectName('a') }, origin },
      ],
    },
    { name: objectName('empty'), type: ['inet_service'], elements: [] },
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

test('an element is its key, its comment, its verdict', () => {
  const key = ['10.0.0.1', 'tcp', '80'];
  const verdict = { kind: 'drop' } as const;
  expect(printElement({ key, origin })).toBe('10.0.0.1 . tcp . 80');
  expect(printElement({ key, comment: 'c', origin })).toBe('10.0.0.1 . tcp . 80 comment "c"');
  expect(printElement({ key, verdict, origin })).toBe('10.0.0.1 . tcp . 80 : drop');
});

test.for(['', '1 . 2', '1 : drop', '1 }', '1\n', '1 , 2', '1 comment "x"', 'é'])(
  'a part of a key that is not one word is refused: %j',
  (part) => {
    expect(() => printElement({ key: ['10.0.0.1', part], origin })).toThrow(
      new TypeError(`${JSON.stringify(part)} is no word that nft reads as it is`),
    );
  },
);

test('a comment that would end before its end is refused wherever it stands', () => {
  const comment = 'a" ; flush ruleset ; "';
  const name = objectName('x');
  const tables: readonly Partial<Table>[] = [
    { comment },
    { chains: [chainOf('a', { comment })] },
    { chains: [chainOf('a', { rules: [ruleOf('a', comment)] })] },
    { sets: [{ name, type: ['ipv4_addr'], comment, elements: [] }] },
    { maps: [{ name, type: ['ipv4_addr'], comment, elements: [] }] },
    { sets: [{ name, type: ['ipv4_addr'], elements: [{ key: ['1'], comment, origin }] }] },
  ];
  for (const fields of tables) expect(() => printTable(tableOf(fields))).toThrow(TypeError);
});
