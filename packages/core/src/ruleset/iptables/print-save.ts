import type { Document, JumpStep, Table, TableName } from './ast.ts';
import { printLines } from '../../util/print-lines.ts';
import { printRule } from './print-rule.ts';

const builtInChains: Readonly<Record<TableName, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** Prints one self-contained document with the built-in chains and the jumps, for an empty network namespace. */
export function printSave({ tables }: Document, steps: readonly JumpStep[]): string {
  return tables.map((table) => printTable(table, steps)).join('');
}

function printTable({ name, chains, rules }: Table, steps: readonly JumpStep[]): string {
  const own = steps.filter(({ table }) => table === name);
  const made = own.flatMap((step) => (step.kind === 'newChain' ? [step.chain] : []));
  const jumps = own.flatMap((step) => (step.kind === 'prepend' ? [step.rule] : []));
  const lastJumps = own.flatMap((step) => (step.kind === 'append' ? [step.rule] : []));
  const declared = new Set([...chains, ...made]);
  return [
    `*${name}\n`,
    printLines(builtInChains[name], (chain) => `:${chain} ACCEPT [0:0]`),
    printLines([...declared], (chain) => `:${chain} - [0:0]`),
    // Each jump was put before the ones already there.
    printLines([...jumps.toReversed(), ...lastJumps], printRule),
    printLines(rules, printRule),
    'COMMIT\n',
  ].join('');
}
