import type { NormalTable } from '../../ruleset/nftables/index.ts';
import type { HookName } from '../walk/packet.ts';
import type { Walk } from '../walk/walk.ts';
import { indexContainer, type IndexedContainer } from './index-container.ts';

/** A table with its sets and maps indexed. */
export interface IndexedTable {
  readonly table: NormalTable;
  readonly file: string | undefined;
  readonly containers: ReadonlyMap<string, IndexedContainer>;
}

/** What the rules of a table are asked with. */
export interface TableContext extends IndexedTable {
  readonly walk: Walk;
  readonly hook: HookName;
  /** How many calls deep the chain is. */
  readonly depth: number;
}

export function indexTable(table: NormalTable, file: string | undefined): IndexedTable {
  const containers = [...table.sets.values()].map(
    (set) => [set.name, indexContainer(set)] as const,
  );
  return { table, file, containers: new Map(containers) };
}
