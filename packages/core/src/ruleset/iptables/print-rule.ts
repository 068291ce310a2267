import type { Rule } from './ast.ts';
import { printMatch } from './print-match.ts';
import { printTarget } from './print-target.ts';

/** Prints one rule as an `-A` line of iptables-restore, without the line end. */
export function printRule(rule: Rule): string {
  return `-A ${rule.chain}${printRuleSpecification(rule)}`;
}

/** What follows the chain in `-A CHAIN …` or `-I CHAIN …`, with a leading space. */
export function printRuleSpecification({ matches, target }: Rule): string {
  let text = '';
  for (const match of matches) text += printMatch(match);
  return target ? text + printTarget(target) : text;
}
