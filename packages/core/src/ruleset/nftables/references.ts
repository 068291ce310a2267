import type { ObjectName } from './names.ts';
import type { Statement, Table, Verdict } from './ast.ts';

/** The names of the chains, and of the sets and maps, that something in a table leads to or looks into. */
export interface References {
  readonly chains: ReadonlySet<ObjectName>;
  readonly containers: ReadonlySet<ObjectName>;
}

/** What the rules and elements of a table name. */
export function referencesOf({ chains, maps }: Table): References {
  const statements = chains.flatMap(({ rules }) => rules.flatMap((rule) => rule.statements));
  const verdicts = maps.flatMap(({ elements }) => elements.map(({ verdict }) => verdict));
  return {
    chains: new Set([...statements.flatMap(chainsNamed), ...verdicts.flatMap(chainOf)]),
    containers: new Set(statements.flatMap(containersNamed)),
  };
}

function chainsNamed(statement: Statement): ObjectName[] {
  if (statement.kind === 'verdict') return chainOf(statement.verdict);
  return statement.kind === 'randomVerdict' ? statement.verdicts.flatMap(chainOf) : [];
}

function chainOf(verdict: Verdict | undefined): ObjectName[] {
  return verdict === undefined || verdict.kind === 'drop' ? [] : [verdict.chain];
}

/** The sets and maps that a statement looks into or writes to. */
export function containersNamed(statement: Statement): ObjectName[] {
  if (statement.kind === 'vmap' || statement.kind === 'mapDNAT') return [statement.map];
  if (statement.kind === 'update') return [statement.set];
  const looksIntoSet = statement.kind === 'match' && statement.right.kind === 'set';
  return looksIntoSet ? [statement.right.name] : [];
}
