import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { startIpvsCluster } from './support/ipvs-cluster.ts';
import type { IpvsCluster } from './support/ipvs-cluster.ts';
import { compileIpvsDocuments } from './support/ipvs-documents.ts';
import { expectAgreement } from './support/expect-agreement.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { missingTruth, readTruthCase, truthCaseNames } from './support/truth.ts';

const missing = [...missingGuestRequirements(), ...missingTruth()];

describe.skipIf(skipWithout(missing))('connections fare as in ipvs mode of kube-proxy', () => {
  let guest: Guest;
  let cluster: IpvsCluster;
  beforeAll(async () => {
    guest = await startGuest();
    cluster = await startIpvsCluster(guest);
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test.for(truthCaseNames())('%s', { timeout: 60_000 }, async (name) => {
    const { snapshotText, flows } = readTruthCase(name, 'ipvs');
    await cluster.load(compileIpvsDocuments(snapshotText, 'save', '1.30'));
    await expectAgreement(expect, cluster, flows);
  });

  test('the record has twenty clusters', () => {
    expect(truthCaseNames()).toHaveLength(20);
  });
});
