import { audit, layouts, parseSnapshot } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BACKENDS } from './support/backend.ts';
import { compileDocuments } from './support/documents.ts';
import { expectRoundTrips, expectWhole } from './support/expect-whole.ts';
import { NOT_LOADABLE, fixtureNames, readSnapshot } from './support/fixtures.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { compileIpvsDocuments } from './support/ipvs-documents.ts';
import { loadIpvsScript } from './support/ipvs-load-script.ts';
import {
  IPVS_DUMPS,
  IPVS_READINGS,
  NFT_DUMPS,
  NFT_READINGS,
  iptablesDumps,
  pickDumps,
  printDumpsScript,
  readDumpFiles,
} from './support/live-dumps.ts';
import { loadDocumentsScript } from './support/load-script.ts';
import { runInFreshNamespace } from './support/namespace.ts';
import {
  compileNftables,
  loadNftablesScript,
  printNftablesDocuments,
} from './support/nftables-documents.ts';
import {
  missingGuestRequirements,
  missingNftablesRequirements,
  missingRequirements,
} from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const loadable = fixtureNames().filter((name) => !NOT_LOADABLE.includes(name));

describe.skipIf(skipWithout(missingRequirements())).for(BACKENDS)(
  'nothing is amiss with the rules of iptables mode in iptables-%s',
  (backend) => {
    test.concurrent.for(loadable)('%s', { timeout: 60_000 }, async (name, { expect }) => {
      const text = readSnapshot(name);
      const load = loadDocumentsScript(compileDocuments(text, 'save'), 'save', backend);
      const output = await runInFreshNamespace(
        `${load}${printDumpsScript(iptablesDumps(backend))}`,
      );
      const files = readDumpFiles(output);
      expectRoundTrips(files, expect);
      const found = audit(parseSnapshot(text).snapshot, 'iptables', files);
      expectWhole(found, expect);
      expect(found.backend).toBe(backend);
    });
  },
);

describe.skipIf(skipWithout(missingNftablesRequirements())).for(layouts)(
  'nothing is amiss with the tables of nftables mode in the layout %s',
  (layout) => {
    test.concurrent.for(fixtureNames())('%s', { timeout: 60_000 }, async (name, { expect }) => {
      const text = readSnapshot(name);
      const documents = printNftablesDocuments(compileNftables(text, layout), 'restore');
      const output = await runInFreshNamespace(
        `${loadNftablesScript(documents)}${printDumpsScript(NFT_DUMPS)}`,
      );
      const files = readDumpFiles(output);
      expectRoundTrips(files, expect);
      for (const names of NFT_READINGS) {
        const found = audit(parseSnapshot(text).snapshot, 'nftables', pickDumps(files, names));
        expectWhole(found, expect);
        expect(found.layout).toBe(layout);
      }
    });
  },
);

describe.skipIf(skipWithout(missingGuestRequirements()))(
  'nothing is amiss with what a kernel has in ipvs mode',
  () => {
    let guest: Guest;
    beforeAll(async () => {
      guest = await startGuest();
    });
    afterAll(async () => {
      await guest?.stop();
    });

    test.for(fixtureNames())('%s', async (name) => {
      const text = readSnapshot(name);
      const load = loadIpvsScript(compileIpvsDocuments(text, 'save'));
      const output = await guest.runInFreshNamespace(`${load}${printDumpsScript(IPVS_DUMPS)}`);
      const files = readDumpFiles(output);
      expectRoundTrips(files, expect);
      for (const names of IPVS_READINGS)
        expectWhole(audit(parseSnapshot(text).snapshot, 'ipvs', pickDumps(files, names)), expect);
    });
  },
);

test('all ninety-three clusters are accounted for', () => {
  expect(fixtureNames()).toHaveLength(93);
  expect(fixtureNames().filter((name) => !loadable.includes(name))).toEqual([
    'nfacct',
    'nfacct-localhost-off',
  ]);
});
