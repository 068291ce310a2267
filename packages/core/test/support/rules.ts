import {
  chainName,
  type Document,
  type Jump,
  type Match,
  type Rule,
  type TableName,
  type Target,
} from '../../src/ruleset/iptables/index.ts';

/** A rule of the language alone, with no Kubernetes behind it. */
export function ruleOf(chain: string, matches: readonly Match[], target?: Target): Rule {
  return {
    chain: chainName(chain),
    matches,
    ...(target && { target }),
    origin: { reason: 'a test' },
  };
}

export function jumpOf(
  table: TableName,
  [from, to]: readonly [from: string, to: string],
  matches: readonly Match[] = [],
): Jump {
  const target = { kind: 'jump', chain: chainName(to) } as const;
  return { table, rule: { ...ruleOf(from, matches), target } };
}

const accept: Target = { kind: 'ACCEPT' };

/** Two tables, with a comment that needs quotes and a rule without a target. */
export const document: Document = {
  tables: [
    {
      name: 'filter',
      chains: [chainName('MINE'), chainName('YOURS')],
      rules: [
        ruleOf('MINE', [{ kind: 'comment', text: 'only counts' }]),
        ruleOf('YOURS', [], accept),
      ],
    },
    { name: 'nat', chains: [], rules: [] },
  ],
};

/** The later ones end up above the earlier ones; MINE is made twice, OTHER is not in the document. */
export const jumps: readonly Jump[] = [
  jumpOf('filter', ['INPUT', 'MINE'], [{ kind: 'comment', text: 'to mine' }]),
  jumpOf('filter', ['OUTPUT', 'MINE']),
  jumpOf('filter', ['INPUT', 'OTHER']),
  jumpOf('nat', ['PREROUTING', 'OTHER']),
];
