import type { Document, Jump, Table, TableName } from './ast.ts';
import { printLines } from './print-lines.ts';
import { printRule } from './print-rule.ts';

const builtInChains: Readonly<Record<TableName, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** Prints one self-contained document with the built-in chains and the jumps, for an empty network namespace. */
export function printSave({ tables }: Document, jumps: readonly Jump[]): string {
  return tables.map((table) => printTable(table, jumps)).join('');
}

function printTable({ name, chains, rules }: Table, jumps: readonly Jump[]): string {
  const own = jumps.filter(({ table }) => table === name).map(({ rule }) => rule);
  const declared = new Set([...chains, ...own.map(({ target }) => target.chain)]);
  return [
    `*${name}\n`,
    printLines(builtInChains[name], (chain) => `:${chain} ACCEPT [0:0]`),
    printLines([...declared], (chain) => `:${chain} - [0:0]`),
    // Each jump was put before the ones already there.
    printLines(own.toReversed(), printRule),
    printLines(rules, printRule),
    'COMMIT\n',
  ].join('');
}
