import { groupsLookedInto } from './audit/judge-groups.ts';
import { withoutSharedChain } from './audit/leave-to-others.ts';
import { changeableServersOf } from './audit/own-servers.ts';
import { partRules } from './audit/ownership.ts';
import { reachableChains } from './audit/reachable-chains.ts';
import { kernelRules } from './diff/kernel-rules.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import { hash16 } from './proxier/names/hash.ts';

/**
 * 16 letters that tell one state of kube-proxy's rules on a node from another. Chains and sets that no
 * packet meets do not count: those of nft go later than what led to them, and of iptables' some are held
 * by rules of others.
 *
 * @param excludeCIDRs Networks whose virtual servers are not kube-proxy's.
 */
export function fingerprintOf(files: DumpFiles, excludeCIDRs: readonly string[] = []): string {
  return fingerprintRules(readDumps(files).rules, excludeCIDRs);
}

export function fingerprintRules(rules: NodeRules, excludeCIDRs: readonly string[] = []): string {
  const { own } = partRules(kernelRules(rules), changeableServersOf([], rules, excludeCIDRs));
  const met = withoutIdle(own.map(withoutSharedChain));
  const texts = met
    .filter(({ chains, groups }) => chains.length + groups.length > 0)
    .map(({ name, chains, groups }) => [
      name,
      chains.map((chain) => [chain.name, chain.rules.map(({ text }) => text)]),
      groups.map((group) => [group.name, group.declaration, group.entries.map(({ text }) => text)]),
    ]);
  return hash16(JSON.stringify(texts));
}

/** A node's rules without the chains and sets of nft that no packet meets and nobody wants. */
export function withoutLeftovers(live: NodeRules, wanted: NodeRules): NodeRules {
  const met = new Map(withoutIdle(live).map((section) => [section.name, section]));
  return live.map((section) => {
    if (section.kind !== 'nftables') return section;
    const kept = [met.get(section.name), wanted.find(({ name }) => name === section.name)];
    const chains = new Set(kept.flatMap((one) => one?.chains.map(({ name }) => name) ?? []));
    const groups = new Set(kept.flatMap((one) => one?.groups.map(({ name }) => name) ?? []));
    return {
      ...section,
      chains: section.chains.filter(({ name }) => chains.has(name)),
      groups: section.groups.filter(({ name }) => groups.has(name)),
    };
  });
}

function withoutIdle(rules: NodeRules): NodeRules {
  const reachable = reachableChains(rules);
  const lookedInto = groupsLookedInto(rules, reachable);
  return rules.map((section) => {
    const { kind, name: table, chains, groups } = section;
    return {
      ...section,
      chains: chains.filter(({ name }) => reachable.has(`${table} ${name}`)),
      groups: groups.filter(
        ({ name }) => kind !== 'nftables' || lookedInto.has(`${table} ${name}`),
      ),
    };
  });
}
