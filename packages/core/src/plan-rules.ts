import { leaveToOthers } from './audit/leave-to-others.ts';
import { changeableServersOf } from './audit/own-servers.ts';
import { isLastJump, isOwnChain, partRules } from './audit/ownership.ts';
import type { Ruleset } from './compile.ts';
import type { Change } from './diff/change.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import { kernelRules } from './diff/kernel-rules.ts';
import type { NodeRules, RuleChain } from './diff/node-rules.ts';
import type { Dumps } from './dump/read-dumps.ts';
import { withoutLeftovers } from './fingerprint.ts';
import type { Operation } from './plan/operation.ts';
import { planChanges } from './plan/plan-changes.ts';
import { inOtherBackend, planIptables } from './plan/plan-iptables.ts';
import { planTables } from './plan/plan-tables.ts';

export interface RulesPlan {
  /** The wanted rules. */
  readonly to: NodeRules;
  /** Those and what else of kube-proxy's stays. */
  readonly remaining: NodeRules;
  readonly operations: readonly Operation[];
  readonly changes: readonly Change[];
  /** How many rules and entries are somebody else's. */
  readonly foreign: number;
}

/** A ruleset and its rules in the form in which they are compared. */
export interface CompiledRules {
  readonly ruleset: Ruleset;
  readonly rules: NodeRules;
}

export interface RulesTarget {
  /** Without it, everything of kube-proxy's goes. */
  readonly wanted?: CompiledRules;
  /** Networks whose virtual servers are not kube-proxy's. */
  readonly excludeCIDRs?: readonly string[];
  /** Parts kube-proxy's rules that stay although nobody wants them. */
  readonly stays?: (own: NodeRules) => NodeRules;
}

/**
 * Rules alone, from what is on a node to what is wanted. kube-proxy's rules in the other implementation
 * of iptables go: packets meet both.
 */
export function planRules(
  { rules, otherBackend, backend }: Dumps,
  { wanted, excludeCIDRs = [], stays = () => [] }: RulesTarget,
): RulesPlan {
  const live = kernelRules(rules);
  const compiled = kernelRules(wanted?.rules ?? []);
  const { own: all, foreign } = partRules(live, changeableServersOf(compiled, live, excludeCIDRs));
  const kept = stays(all);
  const cut = chainsCut(all, kept);
  const whole = withoutRules(kept, cut);
  const own = withoutRules(all, whole);
  const to = [...compiled, ...cut];
  const from = leaveToOthers({ live: withoutRules(live, whole), own, wanted: to });
  const ruleset = wanted?.ruleset;
  const tables = ruleset?.mode === 'nftables' ? [ruleset.ipv4.table, ruleset.ipv6.table] : [];
  const together = ruleset?.mode === 'nftables' && ruleset.layout === 'fast';
  // What is out of use goes along with the next change, and is no reason for one.
  const changes = diffRuleset(withoutLeftovers(from, to), to).filter(isOurs);
  const changesTables = changes.some(({ sectionKind }) => sectionKind === 'nftables');
  const nftScripts = changesTables ? planTables(from, tables, { together }) : [];
  const other = leaveToOthers({
    live: otherBackend,
    own: partRules(otherBackend, new Set()).own,
    wanted: [],
  });
  return {
    to: compiled,
    remaining: [...compiled, ...kept, ...withoutRules(own, from)],
    operations: planChanges(from, to, {
      isOwnChain,
      isLastJump,
      nftScripts,
      elsewhere: inOtherBackend(planIptables(other, [], { isOwnChain, isLastJump }), backend),
    }),
    changes: [...changes, ...diffRuleset(other, [])],
    foreign,
  };
}

/** The policy of a built-in chain is somebody else's. */
function isOurs(change: Change): boolean {
  const isPolicy = change.kind === 'chainChanged' && change.sectionKind === 'iptables';
  return !isPolicy || isOwnChain(change.chain);
}

/** Own chains that stay without some of their rules. */
function chainsCut(all: NodeRules, kept: NodeRules): NodeRules {
  const whole = new Set(all.flatMap(({ chains }) => chains));
  return kept.flatMap((section) => {
    const chains = section.chains.filter((one) => isOwnChain(one.name) && !whole.has(one));
    return chains.length === 0 ? [] : [{ ...section, chains, groups: [] }];
  });
}

/** What of a node's rules is not among some of them. */
function withoutRules(all: NodeRules, some: NodeRules): NodeRules {
  return all.map((section) => {
    const other = some.find(({ name }) => name === section.name);
    if (!other) return section;
    const chains = new Map(other.chains.map((chain) => [chain.name, chain]));
    const groups = new Set(other.groups.map(({ name }) => name));
    return {
      ...section,
      chains: section.chains.flatMap((chain) => withoutSome(chain, chains.get(chain.name))),
      groups: section.groups.filter(({ name }) => !groups.has(name)),
    };
  });
}

function withoutSome(chain: RuleChain, other: RuleChain | undefined): RuleChain[] {
  if (!other) return [chain];
  if (isOwnChain(chain.name) || other.rules.length === chain.rules.length) return [];
  const rules = chain.rules.filter((rule) => !other.rules.includes(rule));
  return [{ ...chain, rules }];
}
