import { forms } from '@kube-rules/core';
import { describe, expect, test } from 'vitest';
import { BACKENDS } from './support/backend.ts';
import type { Backend } from './support/backend.ts';
import { compileDocuments } from './support/documents.ts';
import { NOT_LOADABLE, fixtureNames, readRecordedSave, readSnapshot } from './support/fixtures.ts';
import type { Family } from './support/fixtures.ts';
import { END_OF_IPV4, loadScript } from './support/load-script.ts';
import { runInFreshNamespace } from './support/namespace.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { readSavedTables } from './support/saved-tables.ts';
import type { SavedTables } from './support/saved-tables.ts';

const loads = fixtureNames()
  .filter((name) => !NOT_LOADABLE.includes(name))
  .flatMap((name) =>
    BACKENDS.flatMap((backend) => forms.map((form) => [name, form, backend] as const)),
  );

describe.skipIf(skipWithout(missingRequirements()))(
  'the kernel has the rules that it has from kube-proxy',
  () => {
    test.concurrent.for(loads)(
      '%s, form %s, iptables-%s',
      { timeout: 60_000 },
      async ([name, form, backend], { expect }) => {
        const documents = compileDocuments(readSnapshot(name), form);
        const output = await runInFreshNamespace(loadScript(documents, form, backend));
        const [ipv4 = '', ipv6 = ''] = output.split(END_OF_IPV4);
        expect(readSavedTables(ipv4)).toEqual(recordedTables(name, 'ipv4', backend));
        expect(readSavedTables(ipv6)).toEqual(recordedTables(name, 'ipv6', backend));
      },
    );

    test.for(NOT_LOADABLE)('%s is not loadable here and has no record', (name) => {
      for (const backend of BACKENDS) {
        expect(readRecordedSave(name, 'ipv4', backend)).toBeUndefined();
        expect(readRecordedSave(name, 'ipv6', backend)).toBeUndefined();
      }
    });

    test('all ninety-three clusters are accounted for', () => {
      expect(fixtureNames()).toHaveLength(93);
      expect(loads).toHaveLength((93 - NOT_LOADABLE.length) * BACKENDS.length * forms.length);
    });
  },
);

function recordedTables(name: string, family: Family, backend: Backend): SavedTables {
  const tables = readSavedTables(readRecordedSave(name, family, backend) ?? '');
  if (tables['nat'] === undefined) {
    throw new Error(`${name} has no record of ${family} with iptables-${backend}.`);
  }
  return tables;
}
