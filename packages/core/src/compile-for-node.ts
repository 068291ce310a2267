import { compile, type Mode, type Ruleset } from './compile.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { findRefusals } from './find-refusals.ts';
import { formerProxyPorts } from './former-proxy-ports.ts';
import { formerRulesetOf, layoutOf } from './former-ruleset.ts';
import type { Layout } from './proxier/nftables/ruleset.ts';
import type { ProxyPorts } from './proxier/userspace/choose-proxy-ports.ts';
import { renderFiles } from './render-files.ts';
import { defaultRelease, releases, type Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { UnusableSnapshotError } from './unusable-snapshot-error.ts';

export interface NodeOptions {
  /** What the node has: in the fast layout endpoints keep their slots, in userspace mode service ports their proxy ports. */
  readonly live: NodeRules;
  readonly release: Release;
  /** Of nftables mode; by default the one that the node has. */
  readonly layout?: Layout | undefined;
  /** Seconds, as `compile` takes them. */
  readonly time?: number | undefined;
  /** Proxy ports that stay besides those of `live`, over which they win. */
  readonly proxyPorts?: ProxyPorts | undefined;
}

/**
 * Compiles for a node that has rules already.
 *
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function compileForNode(
  snapshot: Snapshot,
  mode: Mode,
  { live, release, layout = layoutOf(live), time, proxyPorts }: NodeOptions,
): Ruleset {
  if (mode === 'userspace')
    return compile(snapshot, mode, {
      release,
      proxyPorts: { ...formerProxyPorts(live), ...proxyPorts },
    });
  if (mode !== 'nftables') return compile(snapshot, mode, { release });
  return compile(snapshot, mode, {
    release,
    layout,
    ...(layout === 'fast' && { previous: formerRulesetOf(live) }),
    ...(time !== undefined && { time }),
  });
}

/**
 * What is nearest among the releases that can be compiled, of two alike the newer. Most clusters have
 * the same rules in all of them, and are matched once.
 *
 * @throws {UnusableSnapshotError} if none can.
 */
export function nearestRelease<Match>(
  snapshot: Snapshot,
  mode: Mode,
  { compileRelease, match, distanceOf }: Nearness<Match>,
): Match {
  let nearest: { readonly ruleset: Ruleset; readonly found: Match } | undefined;
  for (const release of releases.toReversed()) {
    if (findRefusals(snapshot, mode, release).length > 0) continue;
    const ruleset = compileRelease(release);
    if (nearest && hasSameFiles(ruleset, nearest.ruleset)) continue;
    const found = match(ruleset);
    if (!nearest || distanceOf(found) < distanceOf(nearest.found)) nearest = { ruleset, found };
    if (distanceOf(nearest.found) === 0) break;
  }
  if (!nearest) throw new UnusableSnapshotError(findRefusals(snapshot, mode, defaultRelease));
  return nearest.found;
}

interface Nearness<Match> {
  readonly compileRelease: (release: Release) => Ruleset;
  readonly match: (ruleset: Ruleset) => Match;
  readonly distanceOf: (match: Match) => number;
}

function hasSameFiles(a: Ruleset, b: Ruleset): boolean {
  const [files, others] = [renderFiles(a), renderFiles(b)];
  return Object.entries(files).every(([name, text]) => others[name] === text);
}
