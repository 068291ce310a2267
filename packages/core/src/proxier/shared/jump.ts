import {
  chainName,
  type ChainName,
  type JumpStep,
  type Match,
  type TableName,
} from '../../ruleset/iptables/index.ts';

export interface JumpParts {
  readonly to: ChainName;
  readonly matches: readonly Match[];
}

export function newChain(table: TableName, chain: ChainName): JumpStep {
  return { kind: 'newChain', table, chain };
}

/** A jump from a built-in chain. */
export function jump(table: TableName, from: string, { to, matches }: JumpParts): JumpStep {
  const origin = { reason: `jump from ${from}` };
  const rule = {
    chain: chainName(from),
    matches,
    target: { kind: 'jump', chain: to },
    origin,
  } as const;
  return { kind: 'prepend', table, rule };
}
