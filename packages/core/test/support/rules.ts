import {
  chainName,
  type Document,
  type JumpStep,
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

/** A chain, and a jump to it from another. */
function jumpOf(
  table: TableName,
  [from, to]: readonly [from: string, to: string],
  matches: readonly Match[] = [],
): JumpStep[] {
  const chain = chainName(to);
  const rule = ruleOf(from, matches, { kind: 'jump', chain });
  return [
    { kind: 'newChain', table, chain },
    { kind: 'prepend', table, rule },
  ];
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
export const jumps: readonly JumpStep[] = [
  ...jumpOf('filter', ['INPUT', 'MINE'], [{ kind: 'comment', text: 'to mine' }]),
  ...jumpOf('filter', ['OUTPUT', 'MINE']),
  ...jumpOf('filter', ['INPUT', 'OTHER']),
  ...jumpOf('nat', ['PREROUTING', 'OTHER']),
];

/** The same, and behind what others have in PREROUTING one more, which is named before the last of the others. */
export const withLastJump: readonly JumpStep[] = [
  ...jumps.slice(0, -2),
  {
    kind: 'append',
    table: 'nat',
    rule: ruleOf('PREROUTING', [], { kind: 'jump', chain: chainName('OTHER') }),
  },
  ...jumpOf('nat', ['PREROUTING', 'MINE']),
];
