import {
  compile,
  parseSnapshot,
  renderFiles,
  type NftablesFamily,
  type NftablesRuleset,
  type NftablesTable,
  type Statement,
  type Verdict,
} from '@kube-rules/core';
import { arbitraryCluster, printCluster, type ClusterConstraints } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOnlyKnownLines } from './support/known-lines.ts';

function arbitraryRuleset(constraints: ClusterConstraints = {}): fc.Arbitrary<NftablesRuleset> {
  return arbitraryCluster({ mode: 'nftables', ...constraints }).map((cluster) =>
    compile(parseSnapshot(printCluster(cluster)).snapshot, 'nftables'),
  );
}

function familiesOf({ ipv4, ipv6 }: NftablesRuleset): readonly NftablesFamily[] {
  return [ipv4, ipv6];
}

/** A chain that goes on to another. */
interface Step {
  readonly from: string;
  readonly to: string;
}

function chainOf(verdict: Verdict | undefined): string[] {
  return verdict === undefined || verdict.kind === 'drop' ? [] : [verdict.chain];
}

/** Where a statement leads to, by itself or through a map. */
function targetsOf(statement: Statement, { maps }: NftablesTable): string[] {
  if (statement.kind === 'verdict') return chainOf(statement.verdict);
  if (statement.kind === 'randomVerdict') return statement.verdicts.flatMap(chainOf);
  if (statement.kind !== 'vmap') return [];
  const map = maps.find(({ name }) => name === statement.map);
  expect(map).toBeDefined();
  return map?.elements.flatMap(({ verdict }) => chainOf(verdict)) ?? [];
}

function stepsOf(table: NftablesTable): Step[] {
  return table.chains.flatMap(({ name, rules }) =>
    rules
      .flatMap(({ statements }) => statements)
      .flatMap((statement) => targetsOf(statement, table).map((to) => ({ from: name, to }))),
  );
}

/** The sets that a rule looks into or writes to. */
function setsUsed({ chains }: NftablesTable): string[] {
  const statements = chains.flatMap(({ rules }) => rules.flatMap((rule) => rule.statements));
  return statements.flatMap((statement) => {
    if (statement.kind === 'update') return [statement.set];
    return statement.kind === 'match' && statement.right.kind === 'set'
      ? [statement.right.name]
      : [];
  });
}

test('every goto, jump and verdict leads to a chain that is there', () => {
  let [stepped, verdictCount] = [0, 0];
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const { table } of familiesOf(ruleset)) {
        const declared = table.chains.map(({ name }) => name as string);
        expect(new Set(declared).size).toBe(declared.length);
        const steps = stepsOf(table);
        const verdicts = table.maps.flatMap((map) => map.elements.map(({ verdict }) => verdict));
        const targets = [...steps.map(({ to }) => to), ...verdicts.flatMap(chainOf)];
        expect(targets.filter((chain) => !declared.includes(chain))).toEqual([]);
        stepped += steps.length;
        verdictCount += verdicts.length;
      }
    }),
    { numRuns: 200 },
  );
  expect(stepped).toBeGreaterThan(2000);
  expect(verdictCount).toBeGreaterThan(500);
});

// Of two Services at one address the first may have chains to which nothing leads.
test('where no two Services share an address, every chain is reached', () => {
  let own = 0;
  fc.assert(
    fc.property(arbitraryRuleset({ sharedAddresses: false }), (ruleset) => {
      for (const { table } of familiesOf(ruleset)) {
        const steps = stepsOf(table);
        const hooked = table.chains.filter(({ hook }) => hook !== undefined);
        const reached = new Set<string>(hooked.map(({ name }) => name));
        // A set yields what is added while it is walked.
        for (const chain of reached)
          for (const { from, to } of steps) if (from === chain) reached.add(to);
        const names = table.chains.map(({ name }) => name as string);
        const idle = names.filter((name) => !reached.has(name) && name !== 'reject-chain');
        expect(idle).toEqual([]);
        own += names.filter((name) => name.includes('/')).length;
      }
    }),
    { numRuns: 200 },
  );
  expect(own).toBeGreaterThan(500);
});

test('every set that is looked into or written to is there, and every map has verdicts', () => {
  const used = new Map<string, number>();
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const { table } of familiesOf(ruleset)) {
        const made = table.sets.map(({ name }) => name as string);
        expect(new Set(made).size).toBe(made.length);
        for (const name of setsUsed(table)) {
          expect(made).toContain(name);
          const kind = name.replace(/^affinity-.*$/, 'affinity');
          used.set(kind, (used.get(kind) ?? 0) + 1);
        }
        for (const { elements } of table.maps)
          for (const { verdict } of elements) expect(verdict).toBeDefined();
        for (const { elements } of table.sets)
          for (const { verdict } of elements) expect(verdict).toBeUndefined();
      }
    }),
    { numRuns: 200 },
  );
  expect([...used.keys()].toSorted()).toEqual([
    'affinity',
    'cluster-ips',
    'hairpin-connections',
    'nodeport-ips',
  ]);
});

test('elements have a key of as many parts as their set or map has types, once, of its family', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const { family, table } of familiesOf(ruleset)) {
        for (const { name, type, elements } of [...table.sets, ...table.maps]) {
          // In this layout all types are words.
          const types = 'kind' in type ? [] : type;
          const keys = elements.map(({ key }) => key.join(' . '));
          expect(new Set(keys).size).toBe(keys.length);
          for (const { key } of elements) {
            expect(key).toHaveLength(types.length);
            const addresses = key.filter((_, index) => types[index]?.endsWith('_addr'));
            for (const one of addresses) expect(one.includes(':')).toBe(family === 'IPv6');
          }
          const kind = name.replace(/^affinity-.*$/, 'affinity');
          seen.set(kind, (seen.get(kind) ?? 0) + keys.length);
        }
      }
    }),
    { numRuns: 300 },
  );
  const { affinity, ...others } = Object.fromEntries(seen);
  expect(affinity).toBe(0);
  expect(Object.keys(others)).toHaveLength(8);
  expect(Math.min(...Object.values(others))).toBeGreaterThan(10);
});

test('chains, sets and maps are in the order of their names, and rules in their own chain', () => {
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const { table } of familiesOf(ruleset)) {
        for (const list of [table.chains, table.sets, table.maps]) {
          const names = list.map(({ name }) => name as string);
          expect(names).toEqual(names.toSorted());
        }
        for (const { name, rules } of table.chains)
          for (const { chain } of rules) expect(chain).toBe(name);
      }
    }),
  );
});

test('a cluster IP that is served or turned away is one that is active', () => {
  let served = 0;
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const { table } of familiesOf(ruleset)) {
        const active = table.sets.find(({ name }) => name === 'cluster-ips')?.elements ?? [];
        const ips = active.map(({ key }) => key[0]);
        const ofClusterIP = table.maps
          .flatMap(({ elements }) => elements)
          .filter(({ origin }) => origin.reason === 'cluster IP');
        for (const { key } of ofClusterIP) expect(ips).toContain(key[0]);
        served += ofClusterIP.length;
      }
    }),
  );
  expect(served).toBeGreaterThan(100);
});

test('every document has known lines only', () => {
  fc.assert(
    fc.property(arbitraryRuleset(), (ruleset) => {
      for (const form of ['restore', 'script'] as const)
        expectOnlyKnownLines(renderFiles(ruleset, { form }), { form, mode: 'nftables' });
    }),
  );
});
