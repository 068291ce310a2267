import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  printArrivals,
  recordedArrivals,
  strayingFlows,
  unreachedDestinations,
  unrecordedOutcomes,
} from './support/agreement.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { startIpvsCluster } from './support/ipvs-cluster.ts';
import type { IpvsCluster } from './support/ipvs-cluster.ts';
import { compileIpvsDocuments } from './support/ipvs-documents.ts';
import { createPool } from './support/pool.ts';
import type { Pool } from './support/pool.ts';
import { replay } from './support/replay.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { missingTruth, readTruthCase, truthCaseNames } from './support/truth.ts';

const missing = [...missingGuestRequirements(), ...missingTruth()];

// Replaying is mostly waiting for what is dropped, so a second cluster nearly halves the time.
const CLUSTERS = 2;

describe.skipIf(skipWithout(missing))('connections fare as in ipvs mode of kube-proxy', () => {
  let guest: Guest;
  let withCluster: Pool<IpvsCluster>;
  beforeAll(async () => {
    guest = await startGuest();
    withCluster = createPool(
      await Promise.all(Array.from({ length: CLUSTERS }, () => startIpvsCluster(guest))),
    );
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test.concurrent.for(truthCaseNames())('%s', { timeout: 120_000 }, async (name, { expect }) => {
    const { snapshotText, flows } = readTruthCase(name, 'ipvs');
    await withCluster(async (cluster) => {
      await cluster.load(compileIpvsDocuments(snapshotText, 'save', '1.30'));
      const replayed = await replay(cluster, flows);
      expect(replayed.length).toBeGreaterThanOrEqual(flows.length);
      expect(unrecordedOutcomes(replayed)).toEqual([]);
      expect(unreachedDestinations(replayed)).toEqual([]);
      expect(strayingFlows(replayed)).toEqual([]);
      expect(printArrivals(await cluster.arrivals(), flows)).toEqual(recordedArrivals(flows));
    });
  });

  test('the record has twenty clusters', () => {
    expect(truthCaseNames()).toHaveLength(20);
  });
});
