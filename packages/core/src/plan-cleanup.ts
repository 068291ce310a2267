import { chainsNamed } from './audit/ownership.ts';
import { isChainOfMode, presentModes } from './audit/chains-of-mode.ts';
import type { Mode } from './compile.ts';
import type { Item, NodeRules, RuleChain, Section } from './diff/node-rules.ts';
import { tableOf } from './diff/table-of.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import { describePlan, type NodePlan } from './node-plan.ts';
import { planRules } from './plan-rules.ts';

export interface PlanCleanupOptions {
  /** Only what is of this mode goes, and what it shares with another that the node has as well stays. */
  readonly mode?: Mode | undefined;
  /** Networks whose virtual servers are not kube-proxy's. */
  readonly excludeCIDRs?: readonly string[];
}

/**
 * Everything of kube-proxy's goes; also what its own `--cleanup` leaves behind, and in both
 * implementations of iptables.
 *
 * @param files All that the node's tools print.
 */
export function planCleanup(
  nodeName: string,
  files: DumpFiles,
  { mode, excludeCIDRs = [] }: PlanCleanupOptions = {},
): NodePlan {
  const dumps = readDumps(files);
  const rules = planRules(dumps, {
    excludeCIDRs,
    ...(mode && { stays: (own) => withoutMode(own, mode) }),
  });
  return { ...describePlan({ nodeName, dumps, excludeCIDRs, ...rules }), mode: undefined };
}

function withoutMode(own: NodeRules, mode: Mode): NodeRules {
  const others = presentModes(own).filter((other) => other !== mode);
  const stays = (chain: string): boolean =>
    !isChainOfMode(chain, mode) || others.some((other) => isChainOfMode(chain, other));
  return own.flatMap((section): Section[] => {
    if (section.kind === 'iptables') {
      const staysThere = (chain: string): boolean => stays(`${tableOf(section)} ${chain}`);
      return [withChains(section, staysThere, mode === 'ipvs')];
    }
    return (section.kind === 'nftables' ? 'nftables' : 'ipvs') === mode ? [] : [section];
  });
}

/**
 * Chains of our own that stay, without the rules that lead to what goes, sets of ipvs mode included; and in
 * the others the rules that lead to these.
 */
function withChains(
  section: Section,
  stays: (chain: string) => boolean,
  withoutSets: boolean,
): Section {
  const isUsable = ({ text }: Item): boolean =>
    chainsNamed(text).every(stays) && !(withoutSets && text.includes(' --match-set KUBE-'));
  const chains = section.chains.flatMap((chain): RuleChain[] => {
    if (chain.name.startsWith('KUBE-')) {
      if (!stays(chain.name)) return [];
      return chain.rules.every(isUsable)
        ? [chain]
        : [{ ...chain, rules: chain.rules.filter(isUsable) }];
    }
    const rules = chain.rules.filter(({ text }) => chainsNamed(text).some(stays));
    return rules.length === 0 ? [] : [{ ...chain, rules }];
  });
  return { ...section, chains };
}
