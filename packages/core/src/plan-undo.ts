import { leaveToOthers } from './audit/leave-to-others.ts';
import { changeableServersOf } from './audit/own-servers.ts';
import { isLastJump, isOwnChain, partRules } from './audit/ownership.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import type { NodeRules } from './diff/node-rules.ts';
import type { Operation } from './plan/operation.ts';
import { planChanges } from './plan/plan-changes.ts';
import { inOtherBackend } from './plan/plan-iptables.ts';

export interface PlanUndoOptions {
  /** Networks whose virtual servers are not kube-proxy's. */
  readonly excludeCIDRs?: readonly string[] | undefined;
}

/** The steps from what a node has now back to what it had, by its dumps of then. */
export function planUndo(
  now: DumpFiles,
  before: DumpFiles,
  { excludeCIDRs = [] }: PlanUndoOptions = {},
): readonly Operation[] {
  const former = readDumps(before);
  const live = readDumps(now, { backend: former.backend, known: former.rules });
  const others = planUndoRules(live.otherBackend, former.otherBackend, { excludeCIDRs });
  const scripts = (from: NodeRules, to: NodeRules): string[] =>
    hasSameTables(from, to) ? [] : [restoreTables(from, before)];
  return [
    ...planUndoRules(live.rules, former.rules, { excludeCIDRs, scripts }),
    ...inOtherBackend(others, former.backend),
  ];
}

interface UndoRules {
  readonly excludeCIDRs: readonly string[];
  readonly scripts?: (from: NodeRules, to: NodeRules) => string[];
}

function planUndoRules(
  live: NodeRules,
  former: NodeRules,
  { excludeCIDRs, scripts = () => [] }: UndoRules,
): Operation[] {
  const servers = changeableServersOf(former, live, excludeCIDRs);
  const { own: to } = partRules(former, servers);
  const { own } = partRules(live, servers);
  // What kubelet may have made as well was not there before: it came with the change.
  const from = leaveToOthers({ live, own, wanted: to, leavesSharedChain: false });
  return planChanges(from, to, { isOwnChain, isLastJump, nftScripts: scripts(from, to) });
}

function tablesOf(rules: NodeRules): NodeRules {
  return rules.filter(({ kind }) => kind === 'nftables');
}

function hasSameTables(from: NodeRules, to: NodeRules): boolean {
  return diffRuleset(tablesOf(from), tablesOf(to)).length === 0;
}

/** A listing of nft loads again; what is there goes in the same transaction. */
function restoreTables(from: NodeRules, before: DumpFiles): string {
  const present = from.filter(({ kind }) => kind === 'nftables');
  const deletions = present.map(({ name }) => `delete ${name.replace('nftables', 'table')}\n`);
  return [...deletions, before['nft-list'] ?? ''].join('');
}
