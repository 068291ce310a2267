import type { JumpStep } from './ast.ts';
import { printLines } from '../../util/print-lines.ts';
import { printRuleSpecification } from './print-rule.ts';

/** Prints the arguments of `iptables` for each step, one call a line. */
export function printJumps(steps: readonly JumpStep[]): string {
  return printLines(steps, printStep);
}

function printStep(step: JumpStep): string {
  if (step.kind === 'newChain') return `-t ${step.table} -N ${step.chain}`;
  const command = step.kind === 'prepend' ? '-I' : '-A';
  return `-t ${step.table} ${command} ${step.rule.chain}${printRuleSpecification(step.rule)}`;
}
