import { layouts } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNftablesCluster } from './support/nftables-cluster.ts';
import type { NftablesCluster } from './support/nftables-cluster.ts';
import { compileNftables, printNftablesDocuments } from './support/nftables-documents.ts';
import { createPool } from './support/pool.ts';
import type { Pool } from './support/pool.ts';
import { expectAgreement } from './support/expect-agreement.ts';
import { missingNftablesRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { missingTruth, readTruthCase, truthCaseNames } from './support/truth.ts';

const missing = [...missingNftablesRequirements(), ...missingTruth()];

// Replaying is mostly waiting for what is dropped, so a second cluster nearly halves the time.
const CLUSTERS = 2;

describe.skipIf(skipWithout(missing))('connections fare as in nftables mode of kube-proxy', () => {
  const clusters: NftablesCluster[] = [];
  let withCluster: Pool<NftablesCluster>;
  beforeAll(async () => {
    const starts = Array.from({ length: CLUSTERS }, startNftablesCluster);
    await Promise.all(starts.map(async (start) => clusters.push(await start)));
    withCluster = createPool(clusters);
  });
  afterAll(async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  });

  const cases = truthCaseNames().flatMap((name) =>
    layouts.map((layout) => [name, layout] as const),
  );

  test.concurrent.for(cases)(
    '%s, layout %s',
    { timeout: 240_000 },
    async ([name, layout], { expect }) => {
      const { snapshotText, flows } = readTruthCase(name, 'nftables');
      const ruleset = compileNftables(snapshotText, layout);
      await withCluster(async (cluster) => {
        await cluster.load(printNftablesDocuments(ruleset, 'script'));
        await expectAgreement(expect, cluster, flows);
      });
    },
  );

  test('the record has twenty clusters', () => {
    expect(truthCaseNames()).toHaveLength(20);
  });
});
