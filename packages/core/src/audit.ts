import { ownerFinder } from './audit/attribute.ts';
import { findShadowing } from './audit/find-shadowing.ts';
import type { Finding } from './audit/finding.ts';
import { judgeChanges } from './audit/judge-changes.ts';
import { oldChainNames, renameChains } from './audit/old-chain-names.ts';
import { ownServersOf } from './audit/own-servers.ts';
import { isOwnChain, partRules } from './audit/ownership.ts';
import { withoutComments } from './audit/without-comments.ts';
import { compile, type Mode, type Ruleset } from './compile.ts';
import { diffRuleset } from './diff/diff-ruleset.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { formerRulesetOf, layoutOf } from './former-ruleset.ts';
import { lineFinder } from './dump/line-finder.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import type { Backend } from './dump/identify-dump.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { findRefusals } from './find-refusals.ts';
import { families } from './netaddr/family.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import { behaviourOf } from './service/behaviour.ts';
import { defaultRelease, releases, type Release } from './service/release.ts';
import { resolveFamily } from './service/resolve-family.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { UnusableSnapshotError } from './unusable-snapshot-error.ts';
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
  /** Whether every Service is treated as it should be: there is no finding but harmless ones. */
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
  /** Service ports without a finding, by name. */
  readonly whole: readonly string[];
  /** Service ports with one. */
  readonly broken: readonly string[];
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
  const layout = mode === 'nftables' ? layoutOf(dumps.rules) : undefined;
  const compiled = knownReleases(snapshot, mode).map((release) =>
    compile(snapshot, mode, {
      release,
      ...(layout && { layout }),
      ...(layout === 'fast' && { previous: formerRulesetOf(dumps.rules) }),
    }),
  );
  const [nearest] = compiled
    .map((ruleset) => compareWith(ruleset, dumps.rules, snapshot))
    .sort((a, b) => a.distance - b.distance);
  if (!nearest) throw new UnusableSnapshotError(findRefusals(snapshot, mode, defaultRelease));
  const lineOf = lineFinder(files);
  const found = [...nearest.findings, ...findBothBackends(dumps.otherBackend, dumps.rules)];
  const findings = found.map((finding) =>
    finding.place ? { ...finding, line: lineOf(finding.place) } : finding,
  );
  return {
    nodeName: snapshot.nodeName,
    mode,
    ...(layout && { layout }),
    release: nearest.ruleset.release,
    ...(dumps.backend && { backend: dumps.backend }),
    ...countServices(nearest, findings),
    findings,
    foreign: nearest.foreign,
    diagnostics: [...dumps.diagnostics, ...nearest.ruleset.diagnostics],
  };
}

function knownReleases(snapshot: Snapshot, mode: Mode): Release[] {
  return releases.filter((release) => findRefusals(snapshot, mode, release).length === 0);
}

interface Comparison {
  readonly ruleset: Ruleset;
  readonly servicePorts: readonly string[];
  readonly findings: readonly Finding[];
  readonly foreign: number;
  /** How many rules and entries differ, comments included. */
  readonly distance: number;
}

function compareWith(ruleset: Ruleset, found: NodeRules, snapshot: Snapshot): Comparison {
  const behaviour = behaviourOf(ruleset.release, snapshot.config.featureGates);
  const servicePorts = families.flatMap(
    (family) => resolveFamily(snapshot, family, behaviour).servicePorts,
  );
  const live = renameChains(found, oldChainNames(servicePorts));
  const expected = rulesOfRuleset(ruleset);
  const { own, foreign } = partRules(live, ownServersOf(expected, live));
  const [bareLive, bareExpected] = [withoutComments(own), withoutComments(expected)];
  const changes = diffRuleset(bareLive, bareExpected);
  const serviceIPs = servicePorts.flatMap(({ servicePort }) => [
    servicePort.clusterIP,
    ...servicePort.externalIPs,
    ...servicePort.loadBalancerVIPs,
  ]);
  const findOwner = ownerFinder(bareExpected);
  return {
    ruleset,
    servicePorts: servicePorts.map(({ servicePort }) => servicePort.name),
    findings: sortFindings([
      ...judgeChanges(changes, { live: bareLive, expected: bareExpected, findOwner }),
      ...findShadowing(live, serviceIPs),
    ]),
    foreign,
    distance: diffRuleset(own, expected).length,
  };
}

/** What concerns all Services first, what is harmless last, the rest by Service. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ kind, servicePort }: Finding): number =>
    kind === 'harmless' ? 2 : servicePort === undefined ? 0 : 1;
  return findings.toSorted(
    (a, b) => rank(a) - rank(b) || compareText(a.servicePort ?? '', b.servicePort ?? ''),
  );
}

/** Rules of both implementations act on every packet: a Service that is gone in one still forwards in the other. */
function findBothBackends(other: NodeRules, own: NodeRules): Finding[] {
  const chainsOf = (rules: NodeRules): number =>
    rules.flatMap(({ chains }) => chains).filter(({ name }) => isOwnChain(name)).length;
  const count = chainsOf(other);
  if (count === 0 || chainsOf(own) === 0) return [];
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
  { servicePorts }: Comparison,
  findings: readonly Finding[],
): Pick<Audit, 'isWhole' | 'whole' | 'broken'> {
  const serious = findings.filter(({ kind }) => kind !== 'harmless');
  const concernsAll = serious.some(({ servicePort }) => servicePort === undefined);
  const named = new Set(serious.flatMap(({ servicePort }) => servicePort ?? []));
  const all = [...new Set(servicePorts)].sort(compareText);
  const isBroken = (name: string): boolean => concernsAll || named.has(name);
  return {
    isWhole: serious.length === 0,
    whole: all.filter((name) => !isBroken(name)),
    broken: all.filter(isBroken),
  };
}
