import {
  audit,
  readDumps,
  type Audit,
  type EntryGroup,
  type Mode,
  type NodeRules,
  type Snapshot,
} from '@kube-rules/core';
import type { Machine } from './machine.ts';
import { readLive, type Live } from './read-live.ts';

/** What a node has, and how it is. */
export interface NodeStatus {
  /** The mode of the rules that are there; `undefined` if there are none of kube-proxy's. */
  readonly mode: Mode | undefined;
  readonly backend: Live['backend'];
  /** Lines of the tools' versions, by tool; missing tools are left out. */
  readonly tools: Readonly<Record<string, string>>;
  /** How many there are of each kind, kube-proxy's and others'. */
  readonly counts: Readonly<Record<string, number>>;
  /** The numbers of running kube-proxies. */
  readonly kubeProxy: readonly number[];
  /** Where a snapshot was given: whether the node is as it should be. */
  readonly audit?: Audit;
}

export async function readStatus(
  machine: Machine,
  expected?: { readonly snapshot: Snapshot; readonly mode: Mode },
): Promise<NodeStatus> {
  const live = await readLive(machine);
  const mode = modeOf(live);
  return {
    mode,
    backend: live.backend,
    tools: await readVersions(machine),
    counts: countRules(live),
    kubeProxy: await machine.findKubeProxy(),
    ...(expected && { audit: audit(expected.snapshot, mode ?? expected.mode, live.files) }),
  };
}

function modeOf({ files }: Live): Mode | undefined {
  if (readDumps(files).rules.some(({ kind }) => kind === 'nftables')) return 'nftables';
  const rules = Object.entries(files)
    .filter(([name]) => name.endsWith('-save'))
    .map(([, text]) => text)
    .join('');
  if (/--match-set KUBE-/.test(rules)) return 'ipvs';
  if (/^:KUBE-SERVICES /m.test(rules)) return 'iptables';
  return /^:KUBE-PORTALS-CONTAINER /m.test(rules) ? 'userspace' : undefined;
}

function countRules({ files }: Live): Record<string, number> {
  const { rules, otherBackend } = readDumps(files);
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

const versionArguments: readonly (readonly [string, readonly string[]])[] = [
  ['iptables', ['--version']],
  ['nft', ['--version']],
  ['ipset', ['--version']],
  ['ipvsadm', ['--version']],
  ['conntrack', ['--version']],
];

async function readVersions(machine: Machine): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const [tool, args] of versionArguments) {
    const { exitCode, stdout } = await machine.run(tool, args);
    if (exitCode === 0) versions[tool] = stdout.split('\n')[0] ?? '';
  }
  return versions;
}
