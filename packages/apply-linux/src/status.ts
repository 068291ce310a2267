import {
  audit,
  changedSections,
  completeNodeState,
  fingerprintOf,
  readDumps,
  type Audit,
  type Dumps,
  type EntryGroup,
  type Mode,
  type NodePlan,
  type NodeRules,
  type Snapshot,
} from '@kube-rules/core';
import { describeKubeProxy } from './kube-proxy.ts';
import type { Machine } from './machine.ts';
import { readLive, type Live } from './read-live.ts';
import { readNodeFacts } from './read-node-state.ts';
import { readVersions } from './read-versions.ts';

/** What a node has, and how it is. */
export interface NodeStatus {
  /** The mode of the rules that are there; `undefined` if there are none of kube-proxy's. */
  readonly mode: Mode | undefined;
  readonly backend: Live['backend'];
  /** Lines of the tools' versions, by tool; missing tools are left out. */
  readonly tools: Readonly<Record<string, string>>;
  /** How many there are of each kind, kube-proxy's and others'. */
  readonly counts: Readonly<Record<string, number>>;
  /** What shows that a kube-proxy is at work, as a clause; `undefined` for nothing. */
  readonly kubeProxy: string | undefined;
  /** Where a snapshot was given: whether the node is as it should be. */
  readonly audit?: Audit;
  /** Where something was applied: the sections that are otherwise now. */
  readonly changedSince?: readonly string[];
}

export interface StatusOptions {
  /** What the node should be. */
  readonly expected?: { readonly snapshot: Snapshot; readonly mode: Mode } | undefined;
  /** What was applied last. */
  readonly last?: NodePlan | undefined;
}

export async function readStatus(
  machine: Machine,
  { expected, last }: StatusOptions = {},
): Promise<NodeStatus> {
  const live = await readLive(machine);
  const dumps = readDumps(live.files);
  const mode = modeOf(live, dumps);
  return {
    mode,
    backend: live.backend,
    tools: await readVersions(machine),
    counts: countRules(dumps),
    kubeProxy: await describeKubeProxy(machine, live.files),
    ...(expected && {
      audit: await auditLive(machine, live, { ...expected, ...(mode && { mode }) }),
    }),
    ...(last && { changedSince: changedSections(last.expected, fingerprintOf(live.files, last)) }),
  };
}

async function auditLive(
  machine: Machine,
  live: Live,
  { snapshot, mode }: { readonly snapshot: Snapshot; readonly mode: Mode },
): Promise<Audit> {
  const complete = completeNodeState(snapshot, await readNodeFacts(machine, live));
  return audit(complete, mode, live.files);
}

function modeOf({ files }: Live, { rules: found }: Dumps): Mode | undefined {
  if (found.some(({ kind }) => kind === 'nftables')) return 'nftables';
  const rules = Object.entries(files)
    .filter(([name]) => name.endsWith('-save'))
    .map(([, text]) => text)
    .join('');
  if (/--match-set KUBE-/.test(rules)) return 'ipvs';
  if (/^:KUBE-SERVICES /m.test(rules)) return 'iptables';
  return /^:KUBE-PORTALS-CONTAINER /m.test(rules) ? 'userspace' : undefined;
}

function countRules({ rules, otherBackend }: Dumps): Record<string, number> {
  const all = [...rules, ...otherBackend];
  const ofKind = (start: string): NodeRules => all.filter(({ name }) => name.startsWith(start));
  const rulesIn = (start: string): number =>
    ofKind(start).flatMap(({ chains }) => chains.flatMap((chain) => chain.rules)).length;
  const groupsIn = (start: string): EntryGroup[] => ofKind(start).flatMap(({ groups }) => groups);
  const entriesIn = (start: string): number =>
    groupsIn(start).flatMap(({ entries }) => entries).length;
  return {
    'rules IPv4': rulesIn('iptables IPv4'),
    'rules IPv6': rulesIn('iptables IPv6'),
    'set entries': entriesIn('ipset'),
    'virtual servers': groupsIn('ipvs').length,
    'nft rules': rulesIn('nftables'),
    'nft elements': entriesIn('nftables'),
  };
}
