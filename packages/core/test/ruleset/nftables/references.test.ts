import { expect, test } from 'vitest';
import type { Expression, Rule, Statement, Table } from '../../../src/ruleset/nftables/ast.ts';
import { objectName } from '../../../src/ruleset/nftables/names.ts';
import { containersNamed, referencesOf } from '../../../src/ruleset/nftables/references.ts';
import { tableOf } from '../../support/nftables.ts';

const origin = { reason: 'a test' };
const key: Expression = { kind: 'payload', protocol: 'ip', field: 'saddr' };
const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(objectName) as [
  ReturnType<typeof objectName>,
  ...ReturnType<typeof objectName>[],
];

test.for<[Statement, readonly string[]]>([
  [{ kind: 'vmap', key, map: a }, ['a']],
  [{ kind: 'mapDNAT', family: 'ip', key, map: a }, ['a']],
  [{ kind: 'update', set: a, key }, ['a']],
  [{ kind: 'match', left: key, right: { kind: 'set', name: a } }, ['a']],
  [{ kind: 'match', left: key, right: { kind: 'value', text: 'a' } }, []],
  [{ kind: 'match', left: key, right: { kind: 'anonymousSet', values: ['a'] } }, []],
  [{ kind: 'verdict', verdict: { kind: 'goto', chain: a } }, []],
  [{ kind: 'randomVerdict', verdicts: [{ kind: 'goto', chain: a }] }, []],
  [{ kind: 'randomDNAT', family: 'ip', destinations: [] }, []],
  [{ kind: 'dnat', destination: 'a' }, []],
  [{ kind: 'reject' }, []],
  [{ kind: 'masquerade' }, []],
  [{ kind: 'markSet', operation: 'or', mark: 1 }, []],
])('%j looks into or writes to %j', ([statement, names]) => {
  expect(containersNamed(statement)).toEqual(names);
});

function ruleOf(...statements: readonly Statement[]): Rule {
  return { chain: a, statements, origin };
}

test('chains are named by rules and by elements, sets and maps by rules', () => {
  const rules = [
    ruleOf({ kind: 'vmap', key, map: d! }, { kind: 'verdict', verdict: { kind: 'drop' } }),
    ruleOf({ kind: 'verdict', verdict: { kind: 'jump', chain: b! } }),
    ruleOf({
      kind: 'randomVerdict',
      verdicts: [{ kind: 'goto', chain: b! }, { kind: 'goto', chain: c! }, { kind: 'drop' }],
    }),
  ];
  const table: Table = tableOf({
    chains: [{ name: a, rules }],
    sets: [{ name: objectName('unused'), type: ['ipv4_addr'], elements: [] }],
    maps: [
      {
        name: d!,
        type: ['ipv4_addr'],
        data: 'verdict',
        elements: [
          { key: ['10.0.0.1'], verdict: { kind: 'goto', chain: e! }, origin },
          { key: ['10.0.0.2'], verdict: { kind: 'drop' }, origin },
          { key: ['10.0.0.3'], destination: { ip: '10.0.0.1', port: 1 }, origin },
        ],
      },
    ],
  });
  expect(referencesOf(table)).toEqual({
    chains: new Set(['b', 'c', 'e']),
    containers: new Set(['d']),
  });
});
