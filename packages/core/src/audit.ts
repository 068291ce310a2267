import { ownerFinder } from './audit/attribute.ts';
import { findShadowing } from './audit/find-shadowing.ts';
import type { Finding } from './audit/finding.ts';
import { judgeChanges } from './audit/judge-changes.ts';
import { oldChainNames, renameChains } from './audit/old-chain-names.ts';
import { leaveToOthers } from './audit/leave-to-others.ts';
import { ownServersOf } from './audit/own-servers.ts';
import { isOwnChain, partRules } from './audit/ownership.ts';
import { withoutComments } from './audit/without-comments.ts';
import type { Mode, Ruleset } from './compile.ts';
import { compileForNode, nearestRelease } from './compile-for-node.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import { kernelRules } from './diff/kernel-rules.ts';
import type { NodeRules, Section } from './diff/node-rules.ts';
import { lineFinder } from './dump/line-finder.ts';
import { partOf, readDumps, type DumpFiles, type Dumps } from './dump/read-dumps.ts';
import type { Backend } from './ruleset/iptables/index.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import type { Release } from './service/release.ts';
import { servicePortsOf } from './service/service-ports-of.ts';
import type { ServicePort } from './service/service-port.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { compareText } from './util/compare-text.ts';

/** What a node has, held against what it should have. */
export interface Audit {
  readonly nodeName: string;
  readonly mode: Mode;
  /** Of nftables mode: in which layout the node has its rules. */
  readonly layout?: Layout;
  /** The known release that the node's rules are nearest to, wording included: the one they are held against. */
  readonly release: Release;
  /** The implementation of iptables that has them, where the dumps tell. */
  readonly backend?: Backend;
  /** Whether every Service is treated as it should be: there is no finding but harmless ones, and nothing unseen that a Service needs. */
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
  /** Service ports without a finding, by name. */
  readonly whole: readonly string[];
  /** Service ports with one. */
  readonly broken: readonly string[];
  /** Parts of which there is no dump that can be read, and which were not compared: `iptables IPv6`, `ipset`, … */
  readonly unseen: readonly string[];
  /** How many rules and entries are not kube-proxy's. */
  readonly foreign: number;
  /** What was wrong with the dumps, and what `compile` says. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds a node's dumps against what kube-proxy would have programmed there: every difference, with
 * what it means, where it is and whose it is. Comments do not count.
 *
 * @param files The dumps by file name: `ipv4.iptables-save`, `ipset-save`, `nft-list`, …
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function audit(snapshot: Snapshot, mode: Mode, files: DumpFiles): Audit {
  const dumps = readDumps(files);
  const nearest = compare(
    nearestRelease(snapshot, mode, {
      compileRelease: (release) => compileForNode(snapshot, mode, { live: dumps.rules, release }),
      match: (ruleset) => matchWith(ruleset, dumps, snapshot),
      distanceOf: ({ distance }) => distance,
    }),
  );
  const { ruleset } = nearest;
  const lineOf = lineFinder(files);
  const found = [...nearest.findings, ...findBothBackends(dumps.otherBackend, dumps.rules)];
  const findings = found.map((finding) =>
    finding.place ? { ...finding, line: lineOf(finding.place) } : finding,
  );
  return {
    nodeName: snapshot.nodeName,
    mode,
    ...(ruleset.mode === 'nftables' && { layout: ruleset.layout }),
    release: ruleset.release,
    ...(dumps.backend && { backend: dumps.backend }),
    ...countServices(nearest, findings),
    findings,
    unseen: [...new Set(nearest.unseen.map(partOf))],
    foreign: nearest.foreign + partRules(dumps.otherBackend, new Set()).foreign,
    diagnostics: [...dumps.diagnostics, ...ruleset.diagnostics],
  };
}

/** The rules of a node beside those of a release. */
interface Match {
  readonly ruleset: Ruleset;
  readonly servicePorts: readonly ServicePort[];
  /** All that the node has, with present names of chains. */
  readonly live: NodeRules;
  /** What of it is kube-proxy's. */
  readonly own: NodeRules;
  readonly expected: NodeRules;
  /** What should be there, but of which there is no dump. */
  readonly unseen: NodeRules;
  readonly foreign: number;
  /** How many rules and entries differ, comments included. */
  readonly distance: number;
}

function matchWith(ruleset: Ruleset, { rules: found, parts }: Dumps, snapshot: Snapshot): Match {
  const servicePorts = servicePortsOf(snapshot, ruleset.release);
  const live = renameChains(found, oldChainNames(servicePorts));
  const compiled = rulesOfRuleset(ruleset);
  const expected = compiled.filter((section) => parts.has(partOf(section)));
  const unseen = kernelRules(compiled).filter((section) => !expected.includes(section));
  const parted = partRules(live, ownServersOf(expected, live, snapshot.config.ipvs.excludeCIDRs));
  const own = leaveToOthers({ live, own: parted.own, wanted: expected });
  return {
    ruleset,
    servicePorts: servicePorts.map(({ servicePort }) => servicePort),
    live,
    own,
    expected,
    unseen,
    foreign: parted.foreign,
    distance: diffRuleset(own, expected).length,
  };
}

interface Comparison extends Match {
  readonly findings: readonly Finding[];
}

function compare(match: Match): Comparison {
  const { servicePorts, live, own, expected } = match;
  const [bareLive, bareExpected] = [withoutComments(own), withoutComments(expected)];
  const changes = match.distance === 0 ? [] : diffRuleset(bareLive, bareExpected);
  const serviceIPs = servicePorts.flatMap(({ clusterIP, externalIPs, loadBalancerVIPs }) => [
    clusterIP,
    ...externalIPs,
    ...loadBalancerVIPs,
  ]);
  const judge = (): Finding[] =>
    judgeChanges(changes, {
      live: bareLive,
      everything: live,
      expected: bareExpected,
      findOwner: ownerFinder(bareExpected, own),
    });
  return {
    ...match,
    findings: sortFindings([
      ...(changes.length > 0 ? judge() : []),
      ...findShadowing(live, serviceIPs),
    ]),
  };
}

function rank({ kind, servicePort }: Finding): number {
  if (kind === 'harmless') return 2;
  return servicePort === undefined ? 0 : 1;
}

/** What concerns all Services first, what is harmless last, the rest by Service. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => rank(a) - rank(b) || compareText(a.servicePort ?? '', b.servicePort ?? ''),
  );
}

function countOwnChains(rules: NodeRules): number {
  return rules.flatMap(({ chains }) => chains).filter(({ name }) => isOwnChain(name)).length;
}

/** Rules of both implementations act on every packet: a Service that is gone in one still forwards in the other. */
function findBothBackends(other: NodeRules, own: NodeRules): Finding[] {
  const count = countOwnChains(other);
  if (count === 0 || countOwnChains(own) === 0) return [];
  return [
    {
      kind: 'both-backends',
      section: other.find(({ chains }) => chains.some(({ name }) => isOwnChain(name)))?.name ?? '',
      container: 'KUBE-SERVICES',
      message: `kube-proxy's chains are in iptables-nft and in iptables-legacy at once (${count} chains in the latter): both treat every packet.`,
    },
  ];
}

function countServices(
  { servicePorts, unseen }: Comparison,
  findings: readonly Finding[],
): Pick<Audit, 'isWhole' | 'whole' | 'broken'> {
  const serious = findings.filter(({ kind }) => kind !== 'harmless');
  const concernsAll = serious.some(isForAll);
  const named = new Set(serious.flatMap(({ servicePort }) => servicePort ?? []));
  const all = [...new Set(servicePorts.map(({ name }) => name))].sort(compareText);
  const isBroken = (name: string): boolean => concernsAll || named.has(name);
  return {
    isWhole: serious.length === 0 && !unseen.some(isForService),
    whole: all.filter((name) => !isBroken(name)),
    broken: all.filter(isBroken),
  };
}

/** An entry too many is for an address of its own, whosever it was. */
function isForAll({ kind, servicePort, live, ruleNumber }: Finding): boolean {
  const isEntry = live !== undefined && ruleNumber === undefined;
  return servicePort === undefined && !(kind === 'extra' && isEntry);
}

function isForService({ chains, groups }: Section): boolean {
  const items = [
    ...chains.flatMap(({ rules }) => rules),
    ...groups,
    ...groups.flatMap(({ entries }) => entries),
  ];
  return items.some(({ origin }) => origin?.servicePort !== undefined);
}
