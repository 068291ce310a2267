import type { Mode } from './compile.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { findRefusals } from './find-refusals.ts';
import { createLintContext, type LintContext } from './lint/lint-context.ts';
import { lintRules } from './lint/rules/lint-rules.ts';
import { runLintRules } from './lint/run-lint-rules.ts';
import { suppress } from './lint/suppress.ts';
import { families } from './netaddr/family.ts';
import { compileIpvs } from './proxier/ipvs/compile-ipvs.ts';
import { findIpvsProblems } from './proxier/ipvs/find-ipvs-problems.ts';
import { mayFillSets } from './proxier/ipvs/may-fill-sets.ts';
import { findNftablesProblems } from './proxier/nftables/find-nftables-problems.ts';
import { compileUserspace } from './proxier/userspace/compile-userspace.ts';
import { withPrimaryAddresses } from './service/with-primary-addresses.ts';
import { behaviourOf } from './service/behaviour.ts';
import { findEmptyNodePortAddresses } from './service/find-empty-node-port-addresses.ts';
import { resolveNodePortAddresses } from './service/node-port-addresses.ts';
import { defaultRelease } from './service/release.ts';
import { resolveFamily } from './service/resolve-family.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

export interface LintOptions {
  /** What was found while the snapshot was read: it comes first, and annotations suppress it like the rest. */
  readonly found?: readonly Diagnostic[];
}

/**
 * What is doubtful about a snapshot in a mode: what `compile` would say of it, and what the rules
 * find. Nobody must choose a node: without one (`snapshot.nodeName` is empty) all are looked at. An
 * object's annotation `kube-rules/ignore: CODE, CODE` suppresses diagnostics that name the object.
 */
export function lint(
  snapshot: Snapshot,
  mode: Mode,
  { found = [] }: LintOptions = {},
): readonly Diagnostic[] {
  const seen = mode === 'nftables' ? withPrimaryAddresses(snapshot) : snapshot;
  const behaviour = behaviourOf(defaultRelease, snapshot.config.featureGates);
  const resolved = families.map((family) => resolveFamily(seen, family, behaviour));
  const context = createLintContext(snapshot, mode, resolved);
  const refusals = findRefusals(snapshot, mode, defaultRelease);
  const diagnostics = [
    ...new Set([...found, ...refusals]),
    ...compileProblems(context),
    ...emptyNodePortAddresses(context),
    // The rules speak of policies and detectors, which userspace mode has not.
    ...(mode === 'userspace' ? [] : runLintRules(lintRules, context)),
  ];
  return suppress(
    diagnostics.filter(({ code }) => code !== 'NODE_AMBIGUOUS'),
    snapshot,
  );
}

/** What `compile` says, without the price of its rules. What it says of the node comes from `emptyNodePortAddresses`. */
function compileProblems({ snapshot, mode, families: resolved }: LintContext): Diagnostic[] {
  const problems = findProblems[mode]({ snapshot, families: resolved });
  return problems.filter(({ code }) => code !== 'NODE_PORT_ADDRESSES_EMPTY');
}

type Problems = Pick<LintContext, 'snapshot' | 'families'>;

const findProblems: Readonly<Record<Mode, (problems: Problems) => readonly Diagnostic[]>> = {
  iptables: () => [],
  ipvs: ({ snapshot, families: resolved }) =>
    resolved.some((family) => mayFillSets(snapshot, family))
      ? compileIpvs(snapshot, defaultRelease).diagnostics
      : findIpvsProblems(snapshot, { resolved, families: [], release: defaultRelease }),
  userspace: ({ snapshot }) =>
    compileUserspace(snapshot, { release: defaultRelease, proxyPorts: {} }).diagnostics,
  nftables: ({ snapshot, families: resolved }) =>
    findNftablesProblems(snapshot, resolved, 'kube-proxy'),
};

function emptyNodePortAddresses({ nodeSnapshots, mode }: LintContext): Diagnostic[] {
  return nodeSnapshots.flatMap((snapshot) => {
    const seen = mode === 'nftables' ? withPrimaryAddresses(snapshot) : snapshot;
    const found = findEmptyNodePortAddresses(
      families.map((family) => ({
        family,
        nodePortAddresses: resolveNodePortAddresses(seen, family),
      })),
    );
    if (nodeSnapshots.length === 1) return found;
    const node = { kind: 'Node', name: snapshot.nodeName, path: '' };
    return found.map((one) => ({ ...one, objects: [...one.objects, node] }));
  });
}
