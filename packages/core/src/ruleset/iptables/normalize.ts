import type { Family } from '../../netaddr/family.ts';
import type { Document, JumpStep, Rule } from './ast.ts';
import type {
  NormalChain,
  NormalRule,
  NormalRuleset,
  NormalRuleSource,
  NormalTable,
} from './normal.ts';
import { RuleNormalizer } from './rule-normalizer.ts';
import type { SavedDocument, SavedJumps, SavedRule, SavedTable } from './saved.ts';

/**
 * The normal form of a text that was read back, whether of iptables-save or for iptables-restore: the words and the
 * order of both are brought to one. With `jumps`, the calls of a `.jumps` file come before it.
 */
export function normalizeSaved(
  document: SavedDocument,
  family: Family,
  jumps?: SavedJumps,
): NormalRuleset {
  const tables = new TableBuilder();
  const rules = new RuleNormalizer(family);
  const normalize = (rule: SavedRule): NormalRule =>
    rules.normalizeSaved(rule, { kind: 'saved', offset: rule.offset });
  const normalizeJump = (rule: SavedRule): NormalRule =>
    rules.normalizeSaved(rule, { kind: 'saved', offset: rule.offset, isJump: true });
  for (const item of jumps?.items ?? []) {
    if (item.kind === 'newChain') tables.addChain(item.table, item.chain);
    if (item.kind === 'prepend')
      tables.prepend(item.table, item.rule.chain, normalizeJump(item.rule));
    if (item.kind === 'append')
      tables.appendOnce(item.table, item.rule.chain, normalizeJump(item.rule));
  }
  for (const item of document.items) {
    if (item.kind === 'table') addSavedTable(tables, item, normalize);
  }
  return { family, tables: tables.finish() };
}

/** The normal form of compiled rules, jumps first: what iptables-save shows of a node that had none before. */
export function normalizeCompiled(
  document: Document,
  steps: readonly JumpStep[],
  family: Family,
): NormalRuleset {
  const tables = new TableBuilder();
  const rules = new RuleNormalizer(family);
  const normalize = (rule: Rule): NormalRule => rules.normalizeCompiled(rule, sourceOf(rule));
  for (const step of steps) {
    if (step.kind === 'newChain') tables.addChain(step.table, step.chain);
    else if (step.kind === 'prepend')
      tables.prepend(step.table, step.rule.chain, normalize(step.rule));
    else tables.appendOnce(step.table, step.rule.chain, normalize(step.rule));
  }
  for (const table of document.tables) {
    for (const chain of table.chains) tables.declare(table.name, chain, '-');
    for (const rule of table.rules) tables.append(table.name, rule.chain, normalize(rule));
  }
  return { family, tables: tables.finish() };
}

/** Why a rule was compiled. */
export function sourceOf({ origin }: Rule): NormalRuleSource {
  return { kind: 'compiled', origin };
}

function addSavedTable(
  tables: TableBuilder,
  { name, items }: SavedTable,
  normalize: (rule: SavedRule) => NormalRule,
): void {
  for (const item of items) {
    if (item.kind === 'chain') tables.declare(name, item.name, item.policy);
    if (item.kind === 'rule') tables.append(name, item.chain, normalize(item));
  }
}

interface ChainBuilder {
  readonly name: string;
  policy: string | undefined;
  rules: NormalRule[];
}

const builtIn: ReadonlySet<string> = new Set([
  'PREROUTING',
  'INPUT',
  'FORWARD',
  'OUTPUT',
  'POSTROUTING',
]);

/** Tables and chains as iptables changes them. */
class TableBuilder {
  readonly #tables = new Map<string, Map<string, ChainBuilder>>();

  /** Makes a chain if it is not there yet. A built-in one always is. */
  addChain(table: string, name: string): ChainBuilder {
    const chains = this.#tables.get(table) ?? new Map<string, ChainBuilder>();
    this.#tables.set(table, chains);
    const known = chains.get(name);
    if (known) return known;
    const chain: ChainBuilder = {
      name,
      policy: builtIn.has(name) ? 'ACCEPT' : undefined,
      rules: [],
    };
    chains.set(name, chain);
    return chain;
  }

  /** Declaring a chain empties it; a policy of `-` leaves the one that it has. */
  declare(table: string, name: string, policy: string): void {
    const chain = this.addChain(table, name);
    chain.rules = [];
    if (policy !== '-') chain.policy = policy;
  }

  append(table: string, chain: string, rule: NormalRule): void {
    this.addChain(table, chain).rules.push(rule);
  }

  /** Puts a rule at the head of a chain, unless the chain has it. */
  prepend(table: string, name: string, rule: NormalRule): void {
    const chain = this.addChain(table, name);
    if (!chain.rules.some(({ text }) => text === rule.text)) chain.rules.unshift(rule);
  }

  /** Puts a rule at the end of a chain, unless the chain has it. */
  appendOnce(table: string, name: string, rule: NormalRule): void {
    const chain = this.addChain(table, name);
    if (!chain.rules.some(({ text }) => text === rule.text)) chain.rules.push(rule);
  }

  finish(): ReadonlyMap<string, NormalTable> {
    const tables = new Map<string, NormalTable>();
    for (const [name, builders] of this.#tables) {
      const chains = [...builders.values()].filter(hasPart);
      if (chains.length > 0) tables.set(name, { name, chains: byName(chains) });
    }
    return tables;
  }
}

function hasPart({ policy, rules }: NormalChain): boolean {
  return policy !== 'ACCEPT' || rules.length > 0;
}

function byName(chains: readonly NormalChain[]): ReadonlyMap<string, NormalChain> {
  return new Map(chains.map((chain) => [chain.name, chain]));
}
