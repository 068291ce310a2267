import { arbitraryCluster, fixtureNames, printCluster, readFixture } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyChanges,
  audit,
  compile,
  diffRuleset,
  layouts,
  modes,
  parseSnapshot,
  readDumps,
  renderFiles,
  rulesOfRuleset,
  type CompileOptions,
  type Mode,
  type NodeRules,
  type Ruleset,
  type Snapshot,
} from '../src/index.ts';

interface Variant {
  readonly mode: Mode;
  readonly options: CompileOptions;
}

const variants: readonly Variant[] = modes.flatMap((mode): Variant[] =>
  mode === 'nftables'
    ? layouts.map((layout) => ({ mode, options: { layout } }))
    : [{ mode, options: {} }],
);

function bare(rules: NodeRules): NodeRules {
  return rules.map((section) => ({
    ...section,
    chains: section.chains.map((chain) => ({
      ...chain,
      rules: chain.rules.map(({ text }) => ({ text })),
    })),
    groups: section.groups.map(({ name, declaration, entries }) => ({
      name,
      declaration,
      entries: entries.map(({ key, text }) => ({ key, text })),
    })),
  }));
}

function expectWhole(snapshot: Snapshot, ruleset: Ruleset): void {
  const { mode } = ruleset;
  const result = audit(snapshot, mode, renderFiles(ruleset));
  expect(result.findings).toEqual([]);
  expect(result).toMatchObject({ isWhole: true, broken: [], unseen: [], foreign: 0 });
  const code = result.diagnostics.map((diagnostic) => diagnostic.code);
  expect(code.filter((one) => one.startsWith('DUMP_'))).toEqual([]);
}

test.for(variants)(
  '$mode mode $options: compiled documents of any cluster are whole',
  ({ mode, options }) => {
    fc.assert(
      fc.property(arbitraryCluster({ release: '1.36', mode }), (cluster) => {
        const { snapshot } = parseSnapshot(printCluster(cluster));
        expectWhole(snapshot, compile(snapshot, mode, options));
      }),
      { numRuns: 25 },
    );
  },
);

test.for(variants)(
  '$mode mode $options: what was printed reads as what was compiled',
  ({ mode, options }) => {
    fc.assert(
      fc.property(arbitraryCluster({ release: '1.36', mode }), (cluster) => {
        const ruleset = compile(parseSnapshot(printCluster(cluster)).snapshot, mode, options);
        const read = readDumps(renderFiles(ruleset));
        expect(read.diagnostics).toEqual([]);
        expect(diffRuleset(read.rules, rulesOfRuleset(ruleset))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  },
);

test.for(variants)(
  '$mode mode $options: changes lead from any cluster to any other',
  ({ mode, options }) => {
    const clusters = arbitraryCluster({ release: '1.36', mode }).map((cluster) =>
      rulesOfRuleset(compile(parseSnapshot(printCluster(cluster)).snapshot, mode, options)),
    );
    fc.assert(
      fc.property(clusters, clusters, (from, to) => {
        expect(diffRuleset(from, from)).toEqual([]);
        expect(bare(applyChanges(from, diffRuleset(from, to)))).toEqual(bare(to));
      }),
      { numRuns: 15 },
    );
  },
);

const named = fixtureNames.flatMap((name) => variants.map((variant) => ({ name, ...variant })));

test.for(named)(
  '$name, $mode mode $options: compiled documents are whole',
  ({ name, mode, options }) => {
    const { snapshot } = parseSnapshot(readFixture(name).snapshot);
    expectWhole(snapshot, compile(snapshot, mode, options));
  },
);
