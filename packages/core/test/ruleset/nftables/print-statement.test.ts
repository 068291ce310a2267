import { expect, test } from 'vitest';
import type { Expression, Operand, Statement, Verdict } from '../../../src/ruleset/nftables/ast.ts';
import { objectName } from '../../../src/ruleset/nftables/names.ts';
import { printStatement, printVerdict } from '../../../src/ruleset/nftables/print-statement.ts';

const saddr: Expression = { kind: 'payload', protocol: 'ip', field: 'saddr' };
const daddr: Expression = { kind: 'payload', protocol: 'ip6', field: 'daddr' };
const dport: Expression = { kind: 'payload', protocol: 'th', field: 'dport' };
const l4proto: Expression = { kind: 'meta', key: 'l4proto' };
const one: Operand = { kind: 'value', text: '1' };
const chain = objectName('a/b');
const toChain: Verdict = { kind: 'goto', chain };

function isOne(left: Expression): Statement {
  return { kind: 'match', left, right: one };
}

const statements: readonly (readonly [statement: Statement, text: string])[] = [
  [isOne(saddr), 'ip saddr 1'],
  [isOne(daddr), 'ip6 daddr 1'],
  [isOne(l4proto), 'meta l4proto 1'],
  [isOne({ kind: 'meta', key: 'mark' }), 'mark 1'],
  [isOne({ kind: 'meta', key: 'iifname' }), 'iifname 1'],
  [isOne({ kind: 'ct', key: 'state' }), 'ct state 1'],
  [isOne({ kind: 'ct', key: 'status' }), 'ct status 1'],
  [isOne({ kind: 'fib', field: 'saddr' }), 'fib saddr type 1'],
  [isOne({ kind: 'numgen', modulus: 3 }), 'numgen random mod 3 1'],
  [isOne({ kind: 'numgen', modulus: 3, offset: 0 }), 'numgen random mod 3 1'],
  [isOne({ kind: 'numgen', modulus: 1, offset: 5 }), 'numgen random mod 1 offset 5 1'],
  [isOne({ kind: 'markAnd', mask: 0x4000 }), 'mark and 0x00004000 1'],
  [isOne({ kind: 'concatenation', parts: [l4proto, dport] }), 'meta l4proto . th dport 1'],
  [{ kind: 'match', left: saddr, inverted: true, right: one }, 'ip saddr != 1'],
  [
    { kind: 'match', left: saddr, right: { kind: 'set', name: objectName('nodeport-ips') } },
    'ip saddr @nodeport-ips',
  ],
  [
    { kind: 'match', left: saddr, right: { kind: 'anonymousSet', values: ['10.0.0.0/8', '1'] } },
    'ip saddr { 10.0.0.0/8 , 1 }',
  ],
  [{ kind: 'verdict', verdict: toChain }, 'goto a/b'],
  [{ kind: 'reject' }, 'reject'],
  [{ kind: 'markSet', operation: 'or', mark: 0x4000 }, 'mark set mark or 0x00004000'],
  [{ kind: 'markSet', operation: 'xor', mark: 2 ** 31 }, 'mark set mark xor 0x80000000'],
  [{ kind: 'masquerade' }, 'masquerade fully-random'],
  [{ kind: 'vmap', key: dport, map: objectName('service-ips') }, 'th dport vmap @service-ips'],
  [
    { kind: 'randomVerdict', verdicts: [toChain, { kind: 'drop' }] },
    'numgen random mod 2 vmap { 0 : goto a/b , 1 : drop }',
  ],
  [{ kind: 'dnat', destination: '[fd00::1]:80' }, 'dnat to [fd00::1]:80'],
  [
    { kind: 'randomDNAT', family: 'ip', destinations: [{ ip: '10.180.0.1', port: 80 }] },
    'dnat ip addr . port to numgen random mod 1 map { 0 : 10.180.0.1 . 80 }',
  ],
  [
    {
      kind: 'randomDNAT',
      family: 'ip6',
      destinations: [
        { ip: 'fd00::1', port: 80 },
        { ip: 'fd00::2', port: 8080 },
      ],
    },
    'dnat ip6 addr . port to numgen random mod 2 map { 0 : fd00::1 . 80 , 1 : fd00::2 . 8080 }',
  ],
  [{ kind: 'update', set: objectName('clients'), key: saddr }, 'update @clients { ip saddr }'],
  [
    { kind: 'update', set: objectName('clients'), key: saddr, timeout: 10_800 },
    'update @clients { ip saddr timeout 10800s }',
  ],
  [
    {
      kind: 'mapDNAT',
      family: 'ip6',
      key: {
        kind: 'concatenation',
        parts: [
          daddr,
          { kind: 'payload', protocol: 'sctp', field: 'dport' },
          { kind: 'numgen', modulus: 3 },
        ],
      },
      map: objectName('endpoints-sctp'),
    },
    'dnat ip6 addr . port to ip6 daddr . sctp dport . numgen random mod 3 map @endpoints-sctp',
  ],
];

test.for(statements)('%o is %s', ([statement, text]) => {
  expect(printStatement(statement)).toBe(text);
});

test('every kind of statement, expression and operand has a text here', () => {
  const kinds: Readonly<Record<Statement['kind'], true>> = {
    match: true,
    verdict: true,
    reject: true,
    markSet: true,
    masquerade: true,
    vmap: true,
    randomVerdict: true,
    dnat: true,
    randomDNAT: true,
    mapDNAT: true,
    update: true,
  };
  const expressions: Readonly<Record<Expression['kind'], true>> = {
    payload: true,
    meta: true,
    ct: true,
    fib: true,
    numgen: true,
    markAnd: true,
    concatenation: true,
  };
  const operands: Readonly<Record<Operand['kind'], true>> = {
    value: true,
    set: true,
    anonymousSet: true,
  };
  expect(new Set(statements.map(([{ kind }]) => kind))).toEqual(new Set(Object.keys(kinds)));
  const matches = statements.flatMap(([one]) => (one.kind === 'match' ? [one] : []));
  expect(new Set(matches.map(({ left }) => left.kind))).toEqual(new Set(Object.keys(expressions)));
  expect(new Set(matches.map(({ right }) => right.kind))).toEqual(new Set(Object.keys(operands)));
});

test('verdicts are drop, goto and jump', () => {
  const verdicts: readonly Verdict[] = [{ kind: 'drop' }, toChain, { kind: 'jump', chain }];
  expect(verdicts.map(printVerdict)).toEqual(['drop', 'goto a/b', 'jump a/b']);
});

test.for(['', 'a b', 'a;b', 'a{b', 'a#b', 'a\n', '1 . 2', '1 : drop'])(
  'a text that nft would not read as one word is refused wherever it stands: %j',
  (text) => {
    const error = new TypeError(`${JSON.stringify(text)} is no word that nft reads as it is`);
    const hostile: readonly Statement[] = [
      { kind: 'match', left: saddr, right: { kind: 'value', text } },
      { kind: 'match', left: saddr, right: { kind: 'anonymousSet', values: ['1', text] } },
      { kind: 'dnat', destination: text },
      { kind: 'randomDNAT', family: 'ip', destinations: [{ ip: text, port: 80 }] },
    ];
    for (const statement of hostile) expect(() => printStatement(statement)).toThrow(error);
  },
);
