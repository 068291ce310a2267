import { audit, layouts, parseSnapshot } from '@kube-rules/core';
import type { Mode } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUDIT_CLUSTER } from './support/audit-cluster.ts';
import { BACKENDS } from './support/backend.ts';
import type { Backend } from './support/backend.ts';
import { BOTH_BACKENDS_BREAKAGES } from './support/both-backends-breakages.ts';
import { outcomeOf, wantedOutcome } from './support/breakage.ts';
import type { Breakage } from './support/breakage.ts';
import { compileDocuments } from './support/documents.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { IPTABLES_BREAKAGES } from './support/iptables-breakages.ts';
import { IPVS_BREAKAGES } from './support/ipvs-breakages.ts';
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
import { NFTABLES_BREAKAGES, NFT_FUNCTIONS } from './support/nftables-breakages.ts';
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

const { snapshot } = parseSnapshot(AUDIT_CLUSTER);

describe.skipIf(skipWithout(missingRequirements())).for(BACKENDS)(
  'an audit of iptables mode in iptables-%s finds',
  (backend) => {
    test.concurrent.for(byName(IPTABLES_BREAKAGES))('%s', async ([, breakage]) => {
      const output = await runInFreshNamespace(
        [
          loadIptables(backend),
          `ipt() { iptables-${backend} "$@"; }\nipt6() { ip6tables-${backend} "$@"; }\n`,
          `${breakage.script}\n`,
          printDumpsScript(iptablesDumps(backend)),
        ].join(''),
      );
      expectFound(breakage, { mode: 'iptables', output });
    });
  },
);

describe.skipIf(skipWithout(missingRequirements()))(
  'an audit of both implementations of iptables finds',
  () => {
    test.concurrent.for(byName(BOTH_BACKENDS_BREAKAGES))('%s', async ([, breakage]) => {
      const output = await runInFreshNamespace(
        [
          `load_nft() {\n${loadIptables('nft')}}\nload_legacy() {\n${loadIptables('legacy')}}\n`,
          `${breakage.script}\n`,
          ...BACKENDS.map((backend) => printDumpsScript(iptablesDumps(backend))),
        ].join(''),
      );
      expectFound(breakage, { mode: 'iptables', output });
    });
  },
);

describe.skipIf(skipWithout(missingNftablesRequirements())).for(layouts)(
  'an audit of nftables mode in the layout %s finds',
  (layout) => {
    const documents = printNftablesDocuments(compileNftables(AUDIT_CLUSTER, layout), 'restore');

    test.concurrent.for(byName(NFTABLES_BREAKAGES[layout]))('%s', async ([, breakage]) => {
      const output = await runInFreshNamespace(
        [
          loadNftablesScript(documents),
          NFT_FUNCTIONS,
          `${breakage.script}\n`,
          printDumpsScript(NFT_DUMPS),
        ].join(''),
      );
      for (const names of NFT_READINGS) expectFound(breakage, { mode: 'nftables', output, names });
    });
  },
);

describe.skipIf(skipWithout(missingGuestRequirements()))('an audit of ipvs mode finds', () => {
  let guest: Guest;
  beforeAll(async () => {
    guest = await startGuest();
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test.for(byName(IPVS_BREAKAGES))('%s', async ([, breakage]) => {
    const output = await guest.runInFreshNamespace(
      [
        loadIpvsScript(compileIpvsDocuments(AUDIT_CLUSTER, 'save')),
        `${breakage.script}\n`,
        printDumpsScript(IPVS_DUMPS),
      ].join(''),
    );
    for (const names of IPVS_READINGS) expectFound(breakage, { mode: 'ipvs', output, names });
  });
});

function byName(breakages: readonly Breakage[]): (readonly [string, Breakage])[] {
  return breakages.map((breakage) => [breakage.name, breakage] as const);
}

function loadIptables(backend: Backend): string {
  return loadDocumentsScript(compileDocuments(AUDIT_CLUSTER, 'save'), 'save', backend);
}

interface Dumped {
  readonly mode: Mode;
  readonly output: string;
  /** Which dumps are read; all by default. */
  readonly names?: readonly string[];
}

function expectFound(breakage: Breakage, { mode, output, names }: Dumped): void {
  const files = readDumpFiles(output);
  const read = names ?? Object.keys(files);
  const found = audit(snapshot, mode, pickDumps(files, read));
  expect(outcomeOf(found), `read from ${read.join(', ')}`).toEqual(wantedOutcome(breakage));
  if (breakage.message === undefined) return;
  const messages = found.findings.map(({ message }) => message).join('\n');
  expect(messages).toContain(breakage.message);
}
