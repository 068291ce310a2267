import {
  chainName,
  type ChainName,
  type JumpStep,
  type Match,
  type Rule,
  type TableName,
} from '../../ruleset/iptables/index.ts';

export interface JumpParts {
  readonly to: ChainName;
  readonly matches: readonly Match[];
}

export function newChain(table: TableName, chain: ChainName): JumpStep {
  return { kind: 'newChain', table, chain };
}

/** A jump from a built-in chain, at its head. */
export function jump(table: TableName, from: string, { to, matches }: JumpParts): JumpStep {
  return { kind: 'prepend', table, rule: jumpRule(from, { to, matches }) };
}

/** A jump at the end of a built-in chain. */
export function lastJump(table: TableName, from: string, parts: JumpParts): JumpStep {
  return { kind: 'append', table, rule: jumpRule(from, parts) };
}

function jumpRule(from: string, { to, matches }: JumpParts): Rule {
  const origin = { reason: `jump from ${from}` };
  return { chain: chainName(from), matches, target: { kind: 'jump', chain: to }, origin };
}
