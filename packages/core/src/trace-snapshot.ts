import { compile, type CompileOptions, type Mode } from './compile.ts';
import { familyOfIP } from './netaddr/ip.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { traceEnvironmentOf } from './trace-environment.ts';
import { locateRule } from './trace-location.ts';
import { trace } from './trace.ts';
import { joinEnvironments, type TraceEnvironment } from './trace/walk/environment.ts';
import type { Packet } from './trace/walk/packet.ts';
import { compiledOwner, describeOutcomes, type TracedOutcome } from './traced-step.ts';

export interface TraceSnapshotOptions extends CompileOptions {
  readonly mode: Mode;
  /** What the snapshot does not tell of the node's surroundings. */
  readonly environment?: TraceEnvironment;
}

/**
 * What becomes of a packet under the rules that kube-proxy would program on the snapshot's node, with
 * the lines of the rules in the files of `renderFiles` and the Services behind them.
 *
 * @throws {UnusableSnapshotError} as `compile` does.
 * @throws {TypeError} for a packet whose addresses are none, or of two families.
 */
export function traceSnapshot(
  snapshot: Snapshot,
  packet: Packet,
  { mode, environment = {}, ...options }: TraceSnapshotOptions,
): { readonly outcomes: readonly TracedOutcome[] } {
  const ruleset = compile(snapshot, mode, options);
  const known = joinEnvironments(traceEnvironmentOf(snapshot), environment);
  const { outcomes } = trace(ruleset, packet, known);
  const family = familyOfIP(packet.destination) ?? 'IPv4';
  return {
    outcomes: describeOutcomes(outcomes, {
      locate: (step) => (step.kind === 'rule' ? locateRule(ruleset, family, step) : undefined),
      ownerOf: compiledOwner,
    }),
  };
}
