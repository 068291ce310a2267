import { beforeAll, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { NOT_LOADABLE, fixtureNames, readSnapshot } from './support/fixtures.ts';
import { emptyScript, plantForeignScript, plantMoreScript } from './support/foreign-rules.ts';
import { createPool } from './support/pool.ts';
import { createRandom } from './support/random.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const STEPS = 40;
/** So many clusters are passed over between two on an empty node, for want of time. */
const EACH = 3;

/** After which step there are more foreign rules. */
const MORE_AT = 40;

const CLUSTERS = fixtureNames().filter((name) => !NOT_LOADABLE.includes(name));

/** They take a second each, and come in the walk as often as others take it. */
const LARGE = /^(?:thousand-endpoints|large-cluster)/;

const VARIANTS = {
  'iptables-nft': { mode: 'iptables', backend: 'nft' },
  'iptables-legacy': { mode: 'iptables', backend: 'legacy' },
  'nftables, kube-proxy': { mode: 'nftables', layout: 'kube-proxy' },
  'nftables, fast': { mode: 'nftables', layout: 'fast' },
} as const satisfies Readonly<Record<string, Variant>>;

const NAMES = Object.keys(VARIANTS) as (keyof typeof VARIANTS)[];

/** Two at a time, one for each processor. */
const atOnce = createPool([1, 2]);

describe.skipIf(skipWithout(missingRequirements()))('apply makes a node what it should be', () => {
  beforeAll(build);

  test('of ninety-one clusters', () => {
    expect(CLUSTERS).toHaveLength(91);
  });

  test.concurrent.for(NAMES)(
    'from nothing: each third cluster, %s',
    { timeout: 600_000 },
    async (name, { expect }) => {
      const variant: Variant = VARIANTS[name];
      const problems = await onNode(async (node) => {
        const found: string[] = [];
        for (const cluster of CLUSTERS.filter((_, index) => index % EACH === 0)) {
          await node.run(emptyScript(variant.backend ?? 'nft'));
          const changed = await node.request('change', { ...variant, text: readSnapshot(cluster) });
          if (changed.kinds.length === 0) found.push(`${cluster}: nothing was planned`);
          found.push(...changed.problems.map((problem) => `${cluster}: ${problem}`));
        }
        return found;
      });
      expect(problems).toEqual([]);
    },
  );

  test.concurrent.for(NAMES)(
    `in a random walk of ${STEPS} steps, with rules of others, %s`,
    { timeout: 600_000 },
    async (name, { expect }) => {
      const { problems, changes, milliseconds } = await onNode((node) =>
        walk(node, VARIANTS[name]),
      );
      console.info(`${name}: ${changes} of ${STEPS} steps changed something, ${milliseconds} ms`);
      expect(problems).toEqual([]);
      expect(changes).toBeGreaterThan(STEPS / 2);
    },
  );
});

async function onNode<T>(task: (node: ApplyNode) => Promise<T>): Promise<T> {
  return atOnce(async () => {
    const node = await startApplyNode();
    try {
      return await task(node);
    } finally {
      await node.stop();
    }
  });
}

interface Walked {
  readonly problems: readonly string[];
  readonly changes: number;
  readonly milliseconds: number;
}

async function walk(node: ApplyNode, variant: Variant): Promise<Walked> {
  const backend = variant.backend ?? 'nft';
  const problems: string[] = [];
  let changes = 0;
  await node.run(plantForeignScript(backend));
  let foreign = await readPlanted(node, ['[9:68] -A FOREIGN-FORWARD', 'packets 17 bytes 76']);
  const begin = Date.now();
  for (const [step, cluster] of clustersOfWalk().entries()) {
    if (step === MORE_AT) {
      await node.run(plantMoreScript(backend));
      foreign = await readPlanted(node, ['[9:68] -A FOREIGN-FORWARD', '[16:75] -A FORWARD']);
    }
    const changed = await node.request('change', { ...variant, text: readSnapshot(cluster) });
    const at = `step ${step}, ${cluster}`;
    problems.push(...changed.problems.map((problem) => `${at}: ${problem}`));
    if (changed.foreign !== foreign) problems.push(`${at}: foreign rules are ${changed.foreign}`);
    if (changed.kinds.length > 0) changes += 1;
  }
  return { problems: problems.slice(0, 20), changes, milliseconds: Date.now() - begin };
}

function clustersOfWalk(): readonly string[] {
  const random = createRandom(7);
  const draw = (): string => CLUSTERS[random.int(CLUSTERS.length)] ?? '';
  return Array.from({ length: STEPS }, () => {
    const first = draw();
    return LARGE.test(first) && random.int(3) > 0 ? draw() : first;
  });
}

/** Foreign rules, if all are there that were planted. */
async function readPlanted(node: ApplyNode, words: readonly string[]): Promise<string> {
  const foreign = await node.request('foreign', {});
  const missing = words.filter((word) => !foreign.includes(word));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} is not among ${foreign}`);
  return foreign;
}
