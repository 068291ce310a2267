import { compile, type Mode, type Ruleset } from './compile.ts';
import { compileForNode, nearestRelease } from './compile-for-node.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import { findRefusals } from './find-refusals.ts';
import { describePlan, type NodePlan } from './node-plan.ts';
import { nodeSysctls } from './node-sysctls.ts';
import { planRules, type CompiledRules, type RulesPlan } from './plan-rules.ts';
import type { SysctlOperation } from './plan/operation.ts';
import { staleFlows } from './plan/stale-flows.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import type { ProxyPorts } from './proxier/userspace/choose-proxy-ports.ts';
import { parseConntrack } from './ruleset/conntrack/index.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import { defaultRelease, type Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { udpServicesOf } from './udp-services-of.ts';

export interface PlanNodeOptions {
  /** By default the one that the node has, or else kube-proxy's own. */
  readonly layout?: Layout;
  /** By default the one that takes the fewest changes. */
  readonly release?: Release;
  /** The present values of kernel settings, by name; without them none is planned. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** The names of those that cannot be written, as in most containers. */
  readonly fixedSysctls?: readonly string[];
  /** How many processors the node has. */
  readonly cpus?: number;
  /** Seconds, as `compile` takes them. */
  readonly time?: number;
  /** Proxy ports of userspace mode that stay, by `namespace/name:port/protocol`, with those that the node's rules lead to; of two they win. */
  readonly proxyPorts?: ProxyPorts;
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
  options: PlanNodeOptions & { readonly files: DumpFiles },
): NodePlan {
  return planRulesOfNode(snapshot, mode, options).plan;
}

/** A plan, and the rules to which it leads. */
export interface PlannedRules {
  readonly plan: NodePlan;
  readonly wanted: NodeRules;
  /** Of which these rules are: in userspace mode it has the listeners that go with them. */
  readonly ruleset: Ruleset;
}

/**
 * The plan of `planNode`, and with it the rules to which it leads, by which what is on the node afterwards
 * is read faster.
 *
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function planRulesOfNode(
  snapshot: Snapshot,
  mode: Mode,
  { files, ...options }: PlanNodeOptions & { readonly files: DumpFiles },
): PlannedRules {
  const { excludeCIDRs } = snapshot.config.ipvs;
  const expected = expectedRules(snapshot, mode, options);
  const dumps = readDumps(files, { known: expected?.rules });
  const compileRelease = (release: Release): Ruleset =>
    expected?.ruleset.release === release
      ? expected.ruleset
      : compileForNode(snapshot, mode, { ...options, live: dumps.rules, release });
  const match = (ruleset: Ruleset): Match => {
    const rules = ruleset === expected?.ruleset ? expected.rules : rulesOfRuleset(ruleset);
    return { ruleset, rules: planRules(dumps, { wanted: { ruleset, rules }, excludeCIDRs }) };
  };
  const { ruleset, rules } =
    options.release === undefined
      ? nearestRelease(snapshot, mode, {
          compileRelease,
          match,
          distanceOf: (found) => found.rules.changes.length,
        })
      : match(compileRelease(options.release));
  const flows = staleFlows(
    parseConntrack(files['conntrack'] ?? ''),
    udpServicesOf(snapshot, ruleset),
  );
  const sysctls = planSysctls(snapshot, ruleset, options);
  const fixed = sysctls.filter(({ name }) => options.fixedSysctls?.includes(name));
  const plan: NodePlan = {
    ...describePlan({ nodeName: snapshot.nodeName, dumps, excludeCIDRs, ...rules }),
    mode,
    ...(ruleset.mode === 'nftables' && { layout: ruleset.layout }),
    release: ruleset.release,
    ...(fixed.length > 0 && { fixedSysctls: fixed }),
    operations: [
      ...sysctls.filter((one) => !fixed.includes(one)),
      ...rules.operations,
      ...(flows.length > 0 ? [{ kind: 'deleteFlows', flows } as const] : []),
    ],
  };
  return { plan, wanted: rules.to, ruleset };
}

/** Modes whose rules depend on what the node had: slots, and proxy ports. */
const dependsOnNode: readonly Mode[] = ['nftables', 'userspace'];

/** The rules that a node most likely has, where they can be told before it was read. */
function expectedRules(
  snapshot: Snapshot,
  mode: Mode,
  { release = defaultRelease }: PlanNodeOptions,
): CompiledRules | undefined {
  if (dependsOnNode.includes(mode) || findRefusals(snapshot, mode, release).length > 0)
    return undefined;
  const ruleset = compile(snapshot, mode, { release });
  return { ruleset, rules: rulesOfRuleset(ruleset) };
}

interface Match {
  readonly ruleset: Ruleset;
  readonly rules: RulesPlan;
}

function planSysctls(
  { config }: Snapshot,
  ruleset: Ruleset,
  { sysctls = {}, cpus = 1 }: PlanNodeOptions,
): SysctlOperation[] {
  const present = Object.keys(sysctls);
  // Those of IPVS are there once its module is loaded, which the first of them does.
  const isLoaded = present.length === 0 || present.some(isOfIpvs);
  return nodeSysctls(ruleset, config, cpus).flatMap(
    ({ name, value, isLeast }): SysctlOperation[] => {
      const former = sysctls[name];
      const isMissing = former === undefined && (isLoaded || !isOfIpvs(name));
      if (isMissing || former === String(value)) return [];
      if (isLeast && Number(former) >= value) return [];
      return [{ kind: 'sysctl', name, value: String(value), ...(former && { former }) }];
    },
  );
}

function isOfIpvs(name: string): boolean {
  return name.startsWith('net.ipv4.vs.');
}
