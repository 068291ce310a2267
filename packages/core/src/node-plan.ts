import { ownerFinder } from './audit/attribute.ts';
import type { Mode } from './compile.ts';
import type { Change } from './diff/change.ts';
import type { Dumps } from './dump/read-dumps.ts';
import { fingerprintDumps, fingerprintRules, type Fingerprint } from './fingerprint.ts';
import type { RulesPlan } from './plan-rules.ts';
import type { Operation, SysctlOperation } from './plan/operation.ts';
import { sumByService, type ServicePlan } from './plan/sum-by-service.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import type { Backend } from './ruleset/iptables/index.ts';
import type { Release } from './service/release.ts';

/** What is to be done on a node: plain data, for a file as well as for `applyPlan`. */
export interface NodePlan {
  readonly apiVersion: 'kube-rules/v1alpha1';
  readonly kind: 'Plan';
  readonly nodeName: string;
  /** `undefined` if rules only go. */
  readonly mode: Mode | undefined;
  readonly layout?: Layout;
  readonly release?: Release;
  readonly backend?: Backend;
  /** Networks whose virtual servers are somebody else's. */
  readonly excludeCIDRs?: readonly string[];
  /** Of the rules of kube-proxy's from which the plan was made. */
  readonly fingerprint: Fingerprint;
  /** Of those that are there afterwards. */
  readonly expected: Fingerprint;
  /** What changes for whom. */
  readonly services: readonly ServicePlan[];
  readonly summary: PlanSummary;
  readonly operations: readonly Operation[];
  /** Kernel settings that should be otherwise and cannot be written: they stay as they are. */
  readonly fixedSysctls?: readonly SysctlOperation[];
}

export interface PlanSummary {
  /** Rules and entries. */
  readonly toAdd: number;
  readonly toChange: number;
  readonly toRemove: number;
  /** Somebody else's, which stay. */
  readonly foreign: number;
}

interface DescribedPlan extends RulesPlan {
  readonly nodeName: string;
  readonly dumps: Dumps;
  readonly excludeCIDRs?: readonly string[] | undefined;
}

/** What a plan says besides its mode. */
export function describePlan({
  nodeName,
  dumps,
  excludeCIDRs = [],
  ...rules
}: DescribedPlan): Omit<NodePlan, 'mode'> {
  const { changes, foreign, operations, to, remaining } = rules;
  const count = (kinds: readonly Change['kind'][]): number =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    apiVersion: 'kube-rules/v1alpha1',
    kind: 'Plan',
    nodeName,
    ...(dumps.backend && { backend: dumps.backend }),
    ...(excludeCIDRs.length > 0 && { excludeCIDRs }),
    fingerprint: fingerprintDumps(dumps, excludeCIDRs),
    expected: fingerprintRules(remaining, excludeCIDRs),
    services: changes.length === 0 ? [] : sumByService(changes, ownerFinder(to)),
    summary: {
      toAdd: count(['ruleAdded', 'entryAdded']),
      toChange: count(['chainChanged', 'groupChanged', 'entryChanged']),
      toRemove: count(['ruleRemoved', 'entryRemoved']),
      foreign,
    },
    operations,
  };
}
