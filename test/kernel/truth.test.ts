import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCluster } from './support/cluster.ts';
import type { IptablesCluster } from './support/cluster.ts';
import { compileDocuments } from './support/documents.ts';
import { expectAgreement } from './support/expect-agreement.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { missingTruth, readTruthCase, truthCaseNames } from './support/truth.ts';

const missing = [...missingRequirements(), ...missingTruth()];

describe.skipIf(skipWithout(missing))('connections fare as under the rules of kube-proxy', () => {
  let cluster: IptablesCluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    await cluster?.stop();
  });

  test.for(truthCaseNames())('%s', { timeout: 60_000 }, async (name) => {
    const { snapshotText, flows } = readTruthCase(name, 'iptables');
    await cluster.load(compileDocuments(snapshotText, 'save'), 'nft');
    await expectAgreement(expect, cluster, flows);
  });

  test('the record has twenty clusters', () => {
    expect(truthCaseNames()).toHaveLength(20);
  });
});
