import { forms } from '@kube-rules/core';
import type { Form } from '@kube-rules/core';
import { describe, expect, test } from 'vitest';
import { fixtureNames, readSnapshot } from './support/fixtures.ts';
import { runInFreshNamespace } from './support/namespace.ts';
import { compileNftablesDocuments, loadNftablesScript } from './support/nftables-documents.ts';
import { listRulesetScript, recordedListing } from './support/nftables-listing.ts';
import { missingNftablesRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const loads = fixtureNames().flatMap((name, index, names) =>
  forms.map((form) => [name, form, names.at(index - 1) ?? name] as const),
);

describe.skipIf(skipWithout(missingNftablesRequirements()))(
  'the kernel has the tables that it has from kube-proxy',
  () => {
    test.concurrent.for(loads)(
      '%s, form %s',
      { timeout: 60_000 },
      async ([name, form, other], { expect }) => {
        const script = {
          restore: load(name, 'restore'),
          save: load(name, 'save'),
          // What is there of another cluster is replaced, and so is what is there of the same.
          script: load(other, 'restore') + load(name, 'script').repeat(2),
        }[form];
        const listing = await runInFreshNamespace(`${script}${listRulesetScript}`);
        expect(listing).toBe(await recordedListing(name));
      },
    );

    test('the form script leaves the tables of others alone', async () => {
      const [name = ''] = fixtureNames();
      const others = 'table ip kube-proxy-2 {\n\tchain kube-proxy {\n\t\taccept\n\t}\n}\n';
      const listing = await runInFreshNamespace(
        [`echo '${others}' | nft -f -\n`, load(name, 'script'), listRulesetScript].join(''),
      );
      expect(listing).toBe(`${others}${await recordedListing(name)}`);
    });

    test('all ninety-three clusters are accounted for', () => {
      expect(fixtureNames()).toHaveLength(93);
    });
  },
);

function load(name: string, form: Form): string {
  return loadNftablesScript(compileNftablesDocuments(readSnapshot(name), form));
}
