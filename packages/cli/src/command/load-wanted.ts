import { defaultRelease, findRefusals, type Mode } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { CommandContext } from '../command-context.ts';
import { loadSnapshot, type LoadedSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import type { WantedOptions } from './node-options.ts';
import { configuredMode, refuse } from './refuse.ts';

/** What is wanted on the node on which this process runs. */
export interface Wanted {
  readonly loaded: LoadedSnapshot;
  readonly mode: Mode;
}

interface LoadOptions extends WantedOptions {
  readonly color: ColorChoice;
}

interface Refused {
  readonly context: CommandContext;
  /** What does not happen: `nothing was applied`. */
  readonly what: string;
}

/** Reads a snapshot for this node, which is the one of this machine's name unless another is asked for; says why and gives the exit status if it cannot be used. */
export async function loadWanted(
  names: readonly string[],
  options: LoadOptions,
  { context, what }: Refused,
): Promise<Wanted | ExitStatus> {
  const machineName = hostname().toLowerCase();
  const loaded = await loadSnapshot(names, { node: options.node, machineName }, context);
  const mode = options.mode ?? configuredMode(loaded);
  const refusals = findRefusals(loaded.snapshot, mode, options.release ?? defaultRelease);
  if (refusals.length === 0) return { loaded, mode };
  const palette = choosePalette(options.color, context.io.errorIsTerminal, context.io);
  return refuse(loaded, refusals, { context, palette, what });
}
