import { groupsLookedInto } from './audit/judge-groups.ts';
import { withoutSharedChain } from './audit/leave-to-others.ts';
import { changeableServersOf } from './audit/own-servers.ts';
import { partRules } from './audit/ownership.ts';
import { reachableChains } from './audit/reachable-chains.ts';
import { kernelRules } from './diff/kernel-rules.ts';
import type { NodeRules, Section } from './diff/node-rules.ts';
import { readDumps, type DumpFiles, type Dumps, type ReadDumpsOptions } from './dump/read-dumps.ts';
import { compareText } from './util/compare-text.ts';
import { FastHash } from './util/fast-hash.ts';

/** For each section of a node's rules, such as `iptables IPv4 nat`, letters that tell its contents from others. */
export type Fingerprint = Readonly<Record<string, string>>;

export interface FingerprintOptions extends ReadDumpsOptions {
  /** Networks whose virtual servers are not kube-proxy's. */
  readonly excludeCIDRs?: readonly string[] | undefined;
}

/**
 * Tells one state of kube-proxy's rules on a node from another. Chains and sets of nft that no packet
 * meets do not count: they go later than what led to them.
 */
export function fingerprintOf(files: DumpFiles, options: FingerprintOptions = {}): Fingerprint {
  return fingerprintDumps(readDumps(files, options), options.excludeCIDRs);
}

/** Rules in the other implementation of iptables count as well: both see each packet. */
export function fingerprintDumps(
  { rules, otherBackend }: Pick<Dumps, 'rules' | 'otherBackend'>,
  excludeCIDRs: readonly string[] = [],
): Fingerprint {
  const others = Object.entries(fingerprintRules(otherBackend)).map(([name, hash]) => [
    `${name}, the other back end`,
    hash,
  ]);
  return { ...fingerprintRules(rules, excludeCIDRs), ...Object.fromEntries(others) };
}

/** Sections of one name count as one. */
export function fingerprintRules(
  rules: NodeRules,
  excludeCIDRs: readonly string[] = [],
): Fingerprint {
  const { own } = partRules(kernelRules(rules), changeableServersOf([], rules, excludeCIDRs));
  const hashes = new Map<string, readonly [number, number]>();
  for (const section of withoutIdle(own.map(withoutSharedChain))) {
    if (section.chains.length + section.groups.length === 0) continue;
    hashes.set(section.name, addSection(section, hashes.get(section.name) ?? [0, 0]));
  }
  return Object.fromEntries([...hashes].map(([name, halves]) => [name, halves.map(hex).join('')]));
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}

/** The sections in which two fingerprints differ, by name. */
export function changedSections(a: Fingerprint, b: Fingerprint): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name] !== b[name]).sort(compareText);
}

/** The order of chains, sets and servers tells nothing, so that their hashes are added up. */
function addSection(
  { chains, groups }: Section,
  start: readonly [number, number],
): readonly [number, number] {
  let [high, low] = start;
  const add = (hash: FastHash): void => {
    const [a, b] = hash.halves();
    [high, low] = [(high + a) >>> 0, (low + b) >>> 0];
  };
  for (const { name, rules } of chains) {
    const hash = new FastHash().add(name);
    for (const { text } of rules) hash.add(text);
    add(hash);
  }
  for (const { name, declaration, entries } of groups) {
    const hash = new FastHash().add(name).add(declaration);
    for (const { text } of entries) hash.add(text);
    add(hash);
  }
  return [high, low];
}

/** A node's rules without the chains and sets of nft that no packet meets and nobody wants. */
export function withoutLeftovers(live: NodeRules, wanted: NodeRules): NodeRules {
  const tables = live.filter(({ kind }) => kind === 'nftables');
  const met = new Map(withoutIdle(tables).map((section) => [section.name, section]));
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
  const tables = rules.filter(({ kind }) => kind === 'nftables');
  const reachable = reachableChains(tables);
  const lookedInto = groupsLookedInto(tables, reachable);
  return rules.map((section) => {
    const { kind, name: table, chains, groups } = section;
    if (kind !== 'nftables') return section;
    return {
      ...section,
      chains: chains.filter(({ name }) => reachable.get(table)?.has(name)),
      groups: groups.filter(({ name }) => lookedInto.has(`${table} ${name}`)),
    };
  });
}
