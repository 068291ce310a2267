import { beforeAll, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { NOT_LOADABLE, fixtureNames } from './support/fixtures.ts';
import { emptyScript, plantForeignScript, plantMoreScript } from './support/foreign-rules.ts';
import { lengthOf } from './support/length-of.ts';
import { createPool } from './support/pool.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { applyEach, walk } from './support/walk.ts';
import type { Walk } from './support/walk.ts';

const STEPS = lengthOf('STEPS', 40);
/** One of so many clusters is tried on an empty node, for want of time. */
const EACH = lengthOf('EACH', 3);

const CLUSTERS = fixtureNames().filter((name) => !NOT_LOADABLE.includes(name));

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
    `from nothing: one of ${EACH} clusters, %s`,
    { timeout: 600_000 },
    async (name, { expect }) => {
      const variant: Variant = VARIANTS[name];
      const clusters = CLUSTERS.filter((_, index) => index % EACH === 0);
      const empty = emptyScript(variant.backend ?? 'nft');
      const problems = await onNode((node) =>
        applyEach(node, { variant, clusters, emptyScript: empty }),
      );
      expect(problems).toEqual([]);
    },
  );

  test.concurrent.for(NAMES)(
    `in a random walk of ${STEPS} steps, with rules of others, %s`,
    { timeout: 600_000 },
    async (name, { expect }) => {
      const variant: Variant = VARIANTS[name];
      const { problems, changes, milliseconds } = await onNode((node) =>
        walk(node, { variant, clusters: CLUSTERS, steps: STEPS, foreign: foreignRules(variant) }),
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

function foreignRules({ backend = 'nft' }: Variant): Walk['foreign'] {
  const first = '[9:68] -A FOREIGN-FORWARD';
  return [
    { script: plantForeignScript(backend), words: [first, 'packets 17 bytes 76'] },
    { script: plantMoreScript(backend), words: [first, '[16:75] -A FORWARD'] },
  ];
}
