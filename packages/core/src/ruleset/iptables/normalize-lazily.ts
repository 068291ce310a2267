import type { Family } from '../../netaddr/family.ts';
import { groupBy } from '../../util/group-by.ts';
import type { Document, JumpStep, Rule, Table } from './ast.ts';
import type { NormalChain, NormalRule, NormalRuleset, NormalTable } from './normal.ts';
import { normalizeCompiled, sourceOf } from './normalize.ts';
import { RuleNormalizer } from './rule-normalizer.ts';

/**
 * As `normalizeCompiled`, but the rules of a chain get their normal form when they are first asked for: of
 * a large document, a packet meets few chains.
 */
export function normalizeLazily(
  document: Document,
  steps: readonly JumpStep[],
  family: Family,
): NormalRuleset {
  const { tables } = normalizeCompiled({ tables: [] }, steps, family);
  const rules = new RuleNormalizer(family);
  const normalize = (rule: Rule): NormalRule => rules.normalizeCompiled(rule, sourceOf(rule));
  const merged = new Map(tables);
  for (const table of document.tables)
    merged.set(table.name, addChains(merged.get(table.name), table, normalize));
  return { family, tables: merged };
}

function addChains(
  known: NormalTable | undefined,
  { name, chains, rules }: Table,
  normalize: (rule: Rule) => NormalRule,
): NormalTable {
  const byChain = groupBy(rules, ({ chain }) => chain);
  const added = chains.map(
    (chain) => [chain, lazyChain(chain, byChain.get(chain) ?? [], normalize)] as const,
  );
  return { name, chains: new Map([...(known?.chains ?? []), ...added]) };
}

function lazyChain(
  name: string,
  rules: readonly Rule[],
  normalize: (rule: Rule) => NormalRule,
): NormalChain {
  let normal: readonly NormalRule[] | undefined;
  return {
    name,
    policy: undefined,
    get rules() {
      normal ??= rules.map(normalize);
      return normal;
    },
  };
}
