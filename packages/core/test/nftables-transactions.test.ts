import {
  changeNftables,
  compile,
  parseSnapshot,
  renderFiles,
  type Layout,
  type NftablesRuleset,
} from '@kube-rules/core';
import { arbitraryCluster, printCluster, type Cluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layouts } from '../src/proxier/nftables/ruleset.ts';
import { arbitraryWalk } from './support/arbitrary-walk.ts';
import { createNftModel, type NftModel } from './support/nft-model.ts';

type Options = Parameters<typeof compile>[2];

function rulesetOf(cluster: Cluster, options: Options): NftablesRuleset {
  return compile(parseSnapshot(printCluster(cluster)).snapshot, 'nftables', options);
}

function printRuleset(ruleset: NftablesRuleset): string {
  return Object.values(renderFiles(ruleset)).join('');
}

/** What the kernel has after loading a ruleset into nothing. */
function loaded(ruleset: NftablesRuleset): NftModel {
  const model = createNftModel();
  model.run(printRuleset(ruleset));
  return model;
}

function runAll(model: NftModel, scripts: readonly string[]): void {
  for (const script of scripts) model.run(script);
}

/** How many changes with nothing new it takes until all is gone that is out of use, at most. */
const mostChanges = 5;

/** Changes the model to another ruleset, and on until nothing is left over. */
function expectChange(model: NftModel, from: NftablesRuleset, to: NftablesRuleset): void {
  let kernel = from;
  for (let count = 0; count < mostChanges; count++) {
    const { scripts, result } = changeNftables(kernel, to);
    runAll(model, scripts);
    expect(model.list()).toEqual(loaded(result).list());
    kernel = result;
  }
  expect(model.list()).toEqual(loaded(to).list());
  expect(changeNftables(kernel, to).scripts).toEqual([]);
}

test.for(layouts)('layout %s: nothing is changed where nothing differs', (layout) => {
  fc.assert(
    fc.property(arbitraryCluster({ mode: 'nftables' }), (cluster) => {
      const ruleset = rulesetOf(cluster, { layout });
      expect(changeNftables(ruleset, ruleset)).toEqual({ scripts: [], result: ruleset });
      expect(changeNftables(ruleset, rulesetOf(cluster, { layout })).scripts).toEqual([]);
      const next = rulesetOf(cluster, { layout, previous: ruleset, time: 5 });
      expect(changeNftables(ruleset, next).scripts).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

const layoutPairs = layouts.flatMap((from) => layouts.map((to): [Layout, Layout] => [from, to]));

test.for(layoutPairs)(
  'from layout %s to layout %s, between any two clusters',
  ([before, after]) => {
    const cluster = arbitraryCluster({ mode: 'nftables', maxServices: 6 });
    let changed = 0;
    fc.assert(
      fc.property(cluster, cluster, (first, second) => {
        const from = rulesetOf(first, { layout: before });
        const to = rulesetOf(second, { layout: after, previous: from });
        expectChange(loaded(from), from, to);
        const replaces = /^add table ip kube-proxy\ndelete table ip kube-proxy\n/;
        const script = changeNftables(from, to).scripts.join('');
        expect(replaces.test(script)).toBe(before !== after);
        changed += script.split('\n').length;
      }),
      { numRuns: 60 },
    );
    expect(changed).toBeGreaterThan(500);
  },
);

test.for(layouts)('layout %s: along a walk of a cluster', (layout) => {
  let lines = 0;
  fc.assert(
    fc.property(arbitraryWalk({ mode: 'nftables', maxServices: 6 }), ([first, ...others]) => {
      let kernel = rulesetOf(first!, { layout });
      let time = 0;
      const model = loaded(kernel);
      for (const cluster of others) {
        time += 7;
        const to = rulesetOf(cluster, { layout, previous: kernel, time });
        const { scripts, result } = changeNftables(kernel, to);
        lines += scripts.join('').split('\n').length - 1;
        runAll(model, scripts);
        expect(model.list()).toEqual(loaded(result).list());
        kernel = result;
      }
      const last = rulesetOf(others.at(-1)!, { layout, previous: kernel, time });
      expectChange(model, kernel, last);
    }),
    { numRuns: 250 },
  );
  expect(lines).toBeGreaterThan(1000);
});
