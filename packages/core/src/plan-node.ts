import { ownerFinder } from './audit/attribute.ts';
import { leaveToOthers } from './audit/leave-to-others.ts';
import { changeableServersOf } from './audit/own-servers.ts';
import { isLastJump, isOwnChain, partRules } from './audit/ownership.ts';
import type { Mode, Ruleset } from './compile.ts';
import { compileForNode, nearestRelease } from './compile-for-node.ts';
import type { Change } from './diff/change.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import { kernelRules } from './diff/kernel-rules.ts';
import type { NodeRules } from './diff/node-rules.ts';
import type { Backend } from './dump/identify-dump.ts';
import { readDumps, type DumpFiles, type Dumps } from './dump/read-dumps.ts';
import { fingerprintRules, withoutLeftovers } from './fingerprint.ts';
import { nodeSysctls } from './node-sysctls.ts';
import type { Operation } from './plan/operation.ts';
import { planChanges } from './plan/plan-changes.ts';
import { planTables } from './plan/plan-tables.ts';
import { staleFlows } from './plan/stale-flows.ts';
import { sumByService, type ServicePlan } from './plan/sum-by-service.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import { parseConntrack } from './ruleset/conntrack/index.ts';
import type { Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { udpServicesOf } from './udp-services-of.ts';

/** What is to be done on a node: plain data, for a file as well as for `applyPlan`. */
export interface NodePlan {
  readonly apiVersion: 'kube-rules/v1alpha1';
  readonly kind: 'Plan';
  readonly nodeName: string;
  /** `undefined` if everything of kube-proxy's goes. */
  readonly mode: Mode | undefined;
  readonly layout?: Layout;
  readonly release?: Release;
  readonly backend?: Backend;
  /** Networks whose virtual servers are somebody else's. */
  readonly excludeCIDRs?: readonly string[];
  /** Of the rules of kube-proxy's from which the plan was made. */
  readonly fingerprint: string;
  /** Of those that are there afterwards. */
  readonly expected: string;
  /** What changes for whom. */
  readonly services: readonly ServicePlan[];
  readonly summary: PlanSummary;
  readonly operations: readonly Operation[];
}

export interface PlanSummary {
  /** Rules and entries. */
  readonly toAdd: number;
  readonly toChange: number;
  readonly toRemove: number;
  /** Somebody else's, which stay. */
  readonly foreign: number;
}

export interface PlanNodeOptions {
  /** By default the one that the node has, or else kube-proxy's own. */
  readonly layout?: Layout;
  /** By default the one that takes the fewest changes. */
  readonly release?: Release;
  /** The present values of kernel settings, by name; without them none is planned. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** How many processors the node has. */
  readonly cpus?: number;
  /** Seconds, as `compile` takes them. */
  readonly time?: number;
}

/**
 * The smallest list of steps from what a node has to what kube-proxy would program there, whatever
 * mode it is in now. What is somebody else's is not touched.
 *
 * @param files All that the node's tools print: what is missing is taken not to be there.
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function planNode(
  snapshot: Snapshot,
  mode: Mode,
  { files, ...options }: PlanNodeOptions & { readonly files: DumpFiles },
): NodePlan {
  const dumps = readDumps(files);
  const { excludeCIDRs } = snapshot.config.ipvs;
  const match = (release: Release): { ruleset: Ruleset; rules: RulesPlan } => {
    const { layout, time } = options;
    const ruleset = compileForNode(snapshot, mode, { live: dumps.rules, release, layout, time });
    return { ruleset, rules: planRules(dumps.rules, ruleset, excludeCIDRs) };
  };
  const { ruleset, rules } =
    options.release === undefined
      ? nearestRelease(snapshot, mode, {
          match,
          distanceOf: (found) => found.rules.changes.length,
        })
      : match(options.release);
  const flows = staleFlows(
    parseConntrack(files['conntrack'] ?? ''),
    udpServicesOf(snapshot, ruleset),
  );
  return {
    ...describePlan(snapshot.nodeName, dumps, { ...rules, excludeCIDRs }),
    ...(excludeCIDRs.length > 0 && { excludeCIDRs }),
    mode,
    ...(ruleset.mode === 'nftables' && { layout: ruleset.layout }),
    release: ruleset.release,
    operations: [
      ...planSysctls(snapshot, ruleset, options),
      ...rules.operations,
      ...(flows.length > 0 ? [{ kind: 'deleteFlows', flows } as const] : []),
    ],
  };
}

/** Everything of kube-proxy's goes, of any mode; also what its own `--cleanup` leaves behind. */
export function planCleanup(nodeName: string, files: DumpFiles): NodePlan {
  const dumps = readDumps(files);
  const rules = planRules(dumps.rules, undefined);
  return { ...describePlan(nodeName, dumps, rules), mode: undefined };
}

interface RulesPlan {
  readonly from: NodeRules;
  readonly to: NodeRules;
  readonly operations: readonly Operation[];
  readonly changes: readonly Change[];
  readonly foreign: number;
}

/**
 * Rules alone, from what is on a node to `wanted`; without that, everything goes.
 *
 * @param excludeCIDRs Networks whose virtual servers are not kube-proxy's.
 */
export function planRules(
  live: NodeRules,
  wanted: Ruleset | undefined,
  excludeCIDRs: readonly string[] = [],
): RulesPlan {
  const to = wanted ? kernelRules(rulesOfRuleset(wanted)) : [];
  const { own, foreign } = partRules(
    kernelRules(live),
    changeableServersOf(to, live, excludeCIDRs),
  );
  const from = leaveToOthers({ live, own, wanted: to });
  const tables = wanted?.mode === 'nftables' ? [wanted.ipv4.table, wanted.ipv6.table] : [];
  const together = wanted?.mode === 'nftables' && wanted.layout === 'fast';
  // What is out of use goes along with the next change, and is no reason for one.
  const changes = diffRuleset(withoutLeftovers(from, to), to).filter(isOurs);
  const changesTables = changes.some(({ sectionKind }) => sectionKind === 'nftables');
  const nftScripts = changesTables ? planTables(from, tables, { together }) : [];
  return {
    from,
    to,
    operations: planChanges(from, to, { isOwnChain, isLastJump, nftScripts }),
    changes,
    foreign,
  };
}

/** The policy of a built-in chain is somebody else's. */
function isOurs(change: Change): boolean {
  const isPolicy = change.kind === 'chainChanged' && change.sectionKind === 'iptables';
  return !isPolicy || isOwnChain(change.chain);
}

interface DescribedPlan extends RulesPlan {
  readonly excludeCIDRs?: readonly string[];
}

function describePlan(
  nodeName: string,
  dumps: Dumps,
  { changes, foreign, operations, to, excludeCIDRs = [] }: DescribedPlan,
): Omit<NodePlan, 'mode'> {
  const count = (kinds: readonly Change['kind'][]): number =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    apiVersion: 'kube-rules/v1alpha1',
    kind: 'Plan',
    nodeName,
    ...(dumps.backend && { backend: dumps.backend }),
    fingerprint: fingerprintRules(dumps.rules, excludeCIDRs),
    expected: fingerprintRules(to, excludeCIDRs),
    services: sumByService(changes, ownerFinder(to)),
    summary: {
      toAdd: count(['ruleAdded', 'entryAdded']),
      toChange: count(['chainChanged', 'groupChanged', 'entryChanged']),
      toRemove: count(['ruleRemoved', 'entryRemoved']),
      foreign,
    },
    operations,
  };
}

function planSysctls(
  { config }: Snapshot,
  ruleset: Ruleset,
  { sysctls = {}, cpus = 1 }: PlanNodeOptions,
): Operation[] {
  return nodeSysctls(ruleset, config, cpus)
    .filter(({ name, value }) => name in sysctls && sysctls[name] !== String(value))
    .map(({ name, value }) => ({ kind: 'sysctl', name, value: String(value) }));
}
