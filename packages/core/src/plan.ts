import { isOwnChain, partRules } from './audit/ownership.ts';
import { ownServersOf } from './audit/own-servers.ts';
import type { Ruleset } from './compile.ts';
import type { Change } from './diff/change.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { formerTable } from './plan/former-table.ts';
import type { Operation } from './plan/operation.ts';
import { planChanges } from './plan/plan-changes.ts';
import { nftablesSections } from './diff/sections.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import {
  changeTable,
  normalizeCompiled,
  printReplacement,
  type Table,
} from './ruleset/nftables/index.ts';

/** How a node's rules become others. */
export interface RulesPlan {
  readonly operations: readonly Operation[];
  /** What differs, rule by rule: from the node's rules to the wanted ones. */
  readonly changes: readonly Change[];
  /** How many rules and entries are somebody else's, and stay as they are. */
  readonly foreign: number;
}

/**
 * The smallest list of steps that makes what a node has of kube-proxy's into `wanted`; without that,
 * all of it goes. What is somebody else's is not touched.
 *
 * @param live All that the node's tools print: what is missing is taken not to be there.
 */
export function planRules(live: NodeRules, wanted: Ruleset | undefined): RulesPlan {
  const to = wanted ? rulesOfRuleset(wanted) : [];
  const { own: from, foreign } = partRules(live, ownServersOf(to, live));
  const nftScripts = planTables(from, wanted);
  return {
    operations: planChanges(from, to, { isOwnChain, nftScripts }),
    changes: diffRuleset(from, to),
    foreign,
  };
}

/** Up to two scripts for both families: new chains first, then the change, or what replaces a table or deletes it. */
function planTables(from: NodeRules, wanted: Ruleset | undefined): string[] {
  const tables = wanted?.mode === 'nftables' ? [wanted.ipv4.table, wanted.ipv6.table] : [];
  const together = wanted?.mode === 'nftables' && wanted.layout === 'fast';
  const stale = ['ip', 'ip6'].filter(
    (family) =>
      from.some(({ name }) => name === `nftables ${family} kube-proxy`) &&
      !tables.some((table) => table.family === family),
  );
  const changes = tables.map((table) => planTable(from, table, { together }));
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

function planTable(from: NodeRules, table: Table, options: { together: boolean }): TableScripts {
  const [section] = nftablesSections([normalizeCompiled(table)]);
  const live = from.find(({ name }) => name === section?.name);
  const former = live && section && formerTable(live, { table, section });
  if (!former) return { preparation: '', script: printReplacement(table, options) };
  return changeTable(former, table, options);
}
