import type { Jump } from './ast.ts';
import { printRuleSpecification } from './print-rule.ts';

/** Prints the `iptables` arguments that make each jump's chain and then the jump, one call a line. */
export function printJumps(jumps: readonly Jump[]): string {
  return jumps.map(printJump).join('');
}

function printJump({ table, rule }: Jump): string {
  const create = `-t ${table} -N ${rule.target.chain}\n`;
  return `${create}-t ${table} -I ${rule.chain}${printRuleSpecification(rule)}\n`;
}
