import type { ApplyNode, Variant } from './apply-node.ts';
import { readSnapshot } from './fixtures.ts';
import { createRandom } from './random.ts';

/** They take a second each, and come in the walk as often as others take it. */
const LARGE = /^(?:thousand-endpoints|large-cluster)/;

/** What a node has of others, and how it is seen that all of it is there. */
export interface Planted {
  readonly script: string;
  readonly words: readonly string[];
}

export interface Walk {
  readonly variant: Variant;
  readonly clusters: readonly string[];
  readonly steps: number;
  /** At the beginning, and half-way. */
  readonly foreign: readonly [first: Planted, more: Planted];
  readonly excludeCIDRs?: readonly string[];
}

interface Walked {
  readonly problems: readonly string[];
  readonly changes: number;
  readonly milliseconds: number;
}

/** Changes a node to one cluster after the other; each time all is as it should be, and what is foreign as it was. */
export async function walk(node: ApplyNode, options: Walk): Promise<Walked> {
  const { variant, foreign, excludeCIDRs = [] } = options;
  const [first, more] = foreign;
  const problems: string[] = [];
  let changes = 0;
  let planted = await plant(node, first);
  const begin = Date.now();
  for (const [step, cluster] of clustersOfWalk(options).entries()) {
    if (step === Math.floor(options.steps / 2)) planted = await plant(node, more);
    const text = readSnapshot(cluster);
    const changed = await node.request('change', { ...variant, text, excludeCIDRs });
    const at = `step ${step}, ${cluster}`;
    problems.push(...changed.problems.map((problem) => `${at}: ${problem}`));
    if (changed.foreign !== planted) problems.push(`${at}: foreign rules are ${changed.foreign}`);
    if (changed.kinds.length > 0) changes += 1;
  }
  return { problems: problems.slice(0, 20), changes, milliseconds: Date.now() - begin };
}

function clustersOfWalk({ clusters, steps }: Walk): readonly string[] {
  const random = createRandom(7);
  const draw = (): string => clusters[random.int(clusters.length)] ?? '';
  return Array.from({ length: steps }, () => {
    const first = draw();
    return LARGE.test(first) && random.int(3) > 0 ? draw() : first;
  });
}

/** Foreign rules, if all are there that were planted. */
async function plant(node: ApplyNode, { script, words }: Planted): Promise<string> {
  await node.run(script);
  const foreign = await node.request('foreign', {});
  const missing = words.filter((word) => !foreign.includes(word));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} is not among ${foreign}`);
  return foreign;
}

interface Each {
  readonly variant: Variant;
  readonly clusters: readonly string[];
  /** Takes away everything. */
  readonly emptyScript: string;
}

/** Changes a node to each cluster from nothing; gives what is not as it should be. */
export async function applyEach(
  node: ApplyNode,
  { variant, clusters, emptyScript }: Each,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const cluster of clusters) {
    await node.run(emptyScript);
    const changed = await node.request('change', { ...variant, text: readSnapshot(cluster) });
    if (changed.kinds.length === 0) problems.push(`${cluster}: nothing was planned`);
    problems.push(...changed.problems.map((problem) => `${cluster}: ${problem}`));
  }
  return problems;
}
