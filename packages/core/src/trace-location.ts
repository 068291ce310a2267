import type { Ruleset } from './compile.ts';
import type { Family } from './netaddr/family.ts';
import type { IptablesFamily } from './proxier/iptables/ruleset.ts';
import type { NftablesFamily } from './proxier/nftables/ruleset.ts';
import type { RuleStep } from './trace/walk/step.ts';

/** A line of a file, from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

const keys = { IPv4: 'ipv4', IPv6: 'ipv6' } as const;

/** Where a compiled rule stands in the files that `renderFiles` gives, in form `restore`. */
export function locateRule(ruleset: Ruleset, family: Family, step: RuleStep): Location | undefined {
  if (ruleset.mode === 'nftables') return locateNftables(ruleset[keys[family]], step);
  return locateIptables(ruleset[keys[family]], step);
}

type IptablesRules = Pick<IptablesFamily, 'family' | 'document' | 'jumps'>;

/** A table is a line, then a line for each chain and each rule, then `COMMIT`. */
function locateIptables(rules: IptablesRules, step: RuleStep): Location | undefined {
  let before = 0;
  for (const table of rules.document.tables) {
    if (table.name === step.table) {
      const index = indexInChain(table.rules, step);
      if (index === undefined) break;
      const file = `${keys[rules.family]}.iptables`;
      return { file, line: before + 1 + table.chains.length + index + 1 };
    }
    before += table.chains.length + table.rules.length + 2;
  }
  return locateJump(rules, step);
}

function indexInChain(
  rules: readonly { readonly chain: string }[],
  { chain, number }: RuleStep,
): number | undefined {
  let count = 0;
  const index = rules.findIndex((rule) => rule.chain === chain && ++count === number);
  return index < 0 ? undefined : index;
}

/** Most jumps go to the head of their chain, so the last of these is its first rule; others to its end. */
function locateJump({ family, jumps }: IptablesRules, step: RuleStep): Location | undefined {
  const linesOf = (kind: 'prepend' | 'append'): number[] =>
    jumps.flatMap((jump, index) => {
      const isOfChain =
        jump.kind === kind && jump.table === step.table && jump.rule.chain === step.chain;
      return isOfChain ? [index + 1] : [];
    });
  const line = [...linesOf('prepend').toReversed(), ...linesOf('append')][step.number - 1];
  return line === undefined ? undefined : { file: `${keys[family]}.jumps`, line };
}

/** The table, its chains, sets and maps are a line each; then come the rules by their chains. */
function locateNftables({ family, table }: NftablesFamily, step: RuleStep): Location | undefined {
  const { chains, sets, maps } = table;
  const index = chains.findIndex(({ name }) => name === step.chain);
  if (index < 0) return undefined;
  const before = chains.slice(0, index).reduce((sum, { rules }) => sum + rules.length, 0);
  const line = 1 + chains.length + sets.length + maps.length + before + step.number;
  return { file: `${keys[family]}.nft`, line };
}
