import type { Diagnostic, Mode, Snapshot } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import type { LoadedSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import type { Palette } from '../output/palette.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';

export interface Output {
  readonly context: CommandContext;
  readonly palette: Palette;
}

interface Refusal extends Output {
  /** What does not happen: `nothing was compiled`. */
  readonly what: string;
}

/** All reasons are shown, and before everything else: nothing else will list them. */
export function refuse(
  { texts, diagnostics }: LoadedSnapshot,
  refusals: readonly Diagnostic[],
  { context, palette, what }: Refusal,
): ExitStatus {
  const others = diagnostics.filter((diagnostic) => !refusals.includes(diagnostic));
  writeDiagnostics([...refusals, ...others], context.io, {
    texts,
    palette,
    limit: Math.max(20, refusals.length),
  });
  // The way on, where the only thing missing is a name.
  const lacksNode = refusals.some(({ code }) => code === 'NODE_AMBIGUOUS');
  const wayOn = lacksNode ? '; name the node with --node' : '';
  context.io.writeError(`kube-rules: nothing was ${what}${wayOn}\n`);
  return 2;
}

/** The mode of the snapshot's configuration, or kube-proxy's default. */
export function configuredMode({ snapshot }: { readonly snapshot: Snapshot }): Mode {
  return snapshot.config.mode === '' ? 'iptables' : snapshot.config.mode;
}
