import type { Document, Table } from './ast.ts';
import { printLines } from '../../util/print-lines.ts';
import { printRule } from './print-rule.ts';

/** Prints a document for `iptables-restore --noflush --counters`: declaring a chain empties it. */
export function printRestore({ tables }: Document): string {
  return tables.map(printTable).join('');
}

function printTable({ name, chains, rules }: Table): string {
  const declarations = printLines(chains, (chain) => `:${chain} - [0:0]`);
  return `*${name}\n${declarations}${printLines(rules, printRule)}COMMIT\n`;
}
