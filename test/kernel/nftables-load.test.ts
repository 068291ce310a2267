import { forms } from '@kube-rules/core';
import type { Form, NftablesRuleset } from '@kube-rules/core';
import { describe, expect, test } from 'vitest';
import { fixtureNames, readSnapshot } from './support/fixtures.ts';
import { runInFreshNamespace } from './support/namespace.ts';
import { contentsOf, readContents } from './support/nftables-contents.ts';
import {
  compileNftables,
  loadNftablesScript,
  printNftablesDocuments,
} from './support/nftables-documents.ts';
import { listRulesetScript, recordedListing } from './support/nftables-listing.ts';
import { missingNftablesRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const others = fixtureNames().map(
  (name, index, names) => [name, names.at(index - 1) ?? name] as const,
);
const loads = others.flatMap(([name, other]) => forms.map((form) => [name, form, other] as const));

/** Between two listings. */
const NEXT = '# next\n';

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

describe.skipIf(skipWithout(missingNftablesRequirements()))(
  'the kernel has the tables of the fast layout',
  () => {
    test.concurrent.for(others)(
      '%s, into nothing, over itself, over kube-proxy’s of %s and back, and listed and loaded again',
      { timeout: 60_000 },
      async ([name, other], { expect }) => {
        const ruleset = compileNftables(readSnapshot(name), 'fast');
        const replace = loadRuleset(ruleset, 'script');
        const output = await runInFreshNamespace(
          [
            loadRuleset(ruleset, 'restore'),
            replace.repeat(2),
            load(other, 'script') + replace,
            load(other, 'script'),
          ]
            .map((script) => `${script}${listRulesetScript}`)
            .concat(
              `${replace}nft list ruleset | unshare --net sh -euc 'nft -f - && nft list ruleset'\n`,
            )
            .join(`printf '${NEXT.replace('\n', '\\n')}'\n`),
        );
        const [fresh = '', overItself, takenOver, back, listedAgain] = output.split(NEXT);
        expect(readContents(fresh)).toEqual(contentsOf(ruleset));
        expect(overItself).toBe(fresh);
        expect(takenOver).toBe(fresh);
        expect(back).toBe(await recordedListing(other));
        expect(listedAgain).toBe(fresh);
      },
    );
  },
);

function load(name: string, form: Form): string {
  return loadRuleset(compileNftables(readSnapshot(name), 'kube-proxy'), form);
}

function loadRuleset(ruleset: NftablesRuleset, form: Form): string {
  return loadNftablesScript(printNftablesDocuments(ruleset, form));
}
