import type { Document, Table } from './ast.ts';
import { printRule } from './print-rule.ts';

/** Prints a document for `iptables-restore --noflush --counters`: declaring a chain empties it. */
export function printRestore({ tables }: Document): string {
  return tables.map(printTable).join('');
}

function printTable({ name, chains, rules }: Table): string {
  let text = `*${name}\n`;
  for (const chain of chains) text += `:${chain} - [0:0]\n`;
  for (const rule of rules) text += `${printRule(rule)}\n`;
  return `${text}COMMIT\n`;
}
