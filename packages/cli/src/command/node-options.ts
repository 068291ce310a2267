import { Option } from 'commander';
import { defaultStateFolder } from '@kube-rules/apply-linux';
import type { Layout, Mode, NodePlan, Release, Snapshot } from '@kube-rules/core';
import { planNode } from '@kube-rules/core';
import { readLive, thisMachine } from '@kube-rules/apply-linux';
import { cpus } from 'node:os';

export const stateOption: Option = new Option(
  '--state <folder>',
  'where the last plans are kept',
).default(defaultStateFolder);

export const takeOverOption: Option = new Option(
  '--take-over',
  'even if a kube-proxy runs on this node',
);

/** What tells which rules are wanted on this node. */
export interface WantedOptions {
  readonly mode?: Mode;
  readonly layout?: Layout;
  readonly release?: Release;
}

/** Reads the node on which this process runs, and plans its way to the snapshot. */
export async function planThisNode(
  snapshot: Snapshot,
  mode: Mode,
  { layout, release }: WantedOptions,
): Promise<NodePlan> {
  const { files, sysctls, backend } = await readLive(thisMachine);
  const plan = planNode(snapshot, mode, {
    files,
    sysctls,
    cpus: cpus().length,
    time: Date.now() / 1000,
    ...(layout && { layout }),
    ...(release && { release }),
  });
  return { ...plan, backend };
}
