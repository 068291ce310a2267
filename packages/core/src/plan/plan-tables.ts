import type { NodeRules } from '../diff/node-rules.ts';
import { nftablesSections } from '../diff/sections.ts';
import {
  changeTable,
  normalizeCompiled,
  printReplacement,
  type PrintTableOptions,
  type Table,
} from '../ruleset/nftables/index.ts';
import { formerTable } from './former-table.ts';

/**
 * Up to two scripts for all tables together: new chains while nothing leads to them, then the change.
 * A table that cannot be changed is replaced, one that is not wanted is deleted.
 */
export function planTables(
  from: NodeRules,
  tables: readonly Table[],
  options: PrintTableOptions,
): string[] {
  const stale = ['ip', 'ip6'].filter(
    (family) =>
      from.some(({ name }) => name === `nftables ${family} kube-proxy`) &&
      !tables.some((table) => table.family === family),
  );
  const changes = tables.map((table) => planTable(from, table, options));
  const deletions = stale.map((family) => `delete table ${family} kube-proxy\n`);
  return [
    changes.map(({ preparation }) => preparation).join(''),
    [...changes.map(({ script }) => script), ...deletions].join(''),
  ].filter((script) => script !== '');
}

interface TableScripts {
  readonly preparation: string;
  readonly script: string;
}

function planTable(from: NodeRules, table: Table, options: PrintTableOptions): TableScripts {
  const [section] = nftablesSections([normalizeCompiled(table)]);
  const live = from.find(({ name }) => name === section?.name);
  const former = live && section && formerTable(live, { table, section });
  if (!former) return { preparation: '', script: printReplacement(table, options) };
  return changeTable(former, table, options);
}
