import type { Snapshot } from '@kube-rules/core';
import { startApplyNode } from './apply-node.ts';
import type { Variant } from './apply-node.ts';
import { thisMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { createRandom } from './random.ts';

interface Kills {
  readonly variant: Variant;
  readonly kills: number;
  /** Between which it is changed to and fro. */
  readonly snapshots: readonly [former: Snapshot, next: Snapshot];
  /** Makes what others have on the node. */
  readonly foreignScript: string;
}

interface Killed {
  readonly problems: readonly string[];
  /** How often the next one had these operations to do. */
  readonly left: Readonly<Record<string, number>>;
}

/** Kills a process that changes a node at moments spread over the whole change, and lets another one do it again. */
export async function killAnywhere(
  { variant, kills, snapshots, foreignScript }: Kills,
  machine: Machine = thisMachine,
): Promise<Killed> {
  const keeper = await startApplyNode(undefined, machine);
  const [former, next] = snapshots;
  const random = createRandom(3);
  const problems: string[] = [];
  const left: Record<string, number> = {};
  const change = { ...variant, unchecked: true };
  const startVictim = () => startApplyNode(keeper.pid, machine);
  let victim = await startVictim();
  try {
    await keeper.run(foreignScript);
    const foreign = await keeper.request('foreign', {});
    await victim.request('change', { ...change, objects: next });
    await victim.stop();
    victim = await startVictim();
    const { milliseconds } = await victim.request('change', { ...change, objects: former });
    await victim.stop();
    victim = await startVictim();
    for (let round = 1; round <= kills; round += 1) {
      const objects = round % 2 === 1 ? next : former;
      victim.request('change', { ...change, objects }).catch(() => {});
      // Evenly over the time that it takes, and as long again: a busy machine is slower.
      await sleep(((round - 1) * 2 * milliseconds + random.int(milliseconds)) / kills);
      await victim.kill();
      const starting = startVictim();
      const mended = await keeper.request('change', { ...variant, objects });
      victim = await starting;
      const todo = mended.kinds.join(' + ');
      left[todo] = (left[todo] ?? 0) + 1;
      problems.push(...mended.problems.map((problem) => `kill ${round}: ${problem}`));
      if (mended.foreign !== foreign) problems.push(`kill ${round}: foreign: ${mended.foreign}`);
    }
  } finally {
    await victim.stop();
    await keeper.stop();
  }
  return { problems, left };
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
