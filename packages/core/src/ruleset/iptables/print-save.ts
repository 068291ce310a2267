import type { Document, Jump, Table, TableName } from './ast.ts';
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
  let text = `*${name}\n`;
  for (const chain of builtInChains[name]) text += `:${chain} ACCEPT [0:0]\n`;
  for (const chain of new Set([...chains, ...own.map(({ target }) => target.chain)]))
    text += `:${chain} - [0:0]\n`;
  // Each jump was put before the ones already there.
  for (const rule of own.toReversed()) text += `${printRule(rule)}\n`;
  for (const rule of rules) text += `${printRule(rule)}\n`;
  return `${text}COMMIT\n`;
}
