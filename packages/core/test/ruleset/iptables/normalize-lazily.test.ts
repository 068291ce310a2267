import { compile, parseSnapshot } from '@kube-rules/core';
import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import {
  normalizeCompiled,
  normalizeLazily,
  type NormalRuleset,
} from '../../../src/ruleset/iptables/index.ts';

/** Everything, with chains that were asked for their rules. */
function asData({ family, tables }: NormalRuleset): unknown {
  return {
    family,
    tables: [...tables.values()].map(({ name, chains }) => ({
      name,
      chains: [...chains.values()].map((chain) => ({
        name: chain.name,
        policy: chain.policy,
        rules: chain.rules,
      })),
    })),
  };
}

test('a document has the same normal form, whenever it gets it', () => {
  for (const name of fixtureNames) {
    const { snapshot } = parseSnapshot(readFixture(name).snapshot);
    for (const mode of ['iptables', 'ipvs'] as const) {
      const { ipv4, ipv6 } = compile(snapshot, mode);
      for (const { document, jumps, family } of [ipv4, ipv6])
        expect(asData(normalizeLazily(document, jumps, family))).toEqual(
          asData(normalizeCompiled(document, jumps, family)),
        );
    }
  }
  expect(fixtureNames.length).toBeGreaterThan(50);
});

test('the rules of a chain are the same objects each time', () => {
  const { snapshot } = parseSnapshot(readFixture(fixtureNames[0] ?? '').snapshot);
  const { document, jumps, family } = compile(snapshot, 'iptables').ipv4;
  const chain = normalizeLazily(document, jumps, family)
    .tables.get('nat')
    ?.chains.get('KUBE-SERVICES');
  expect(chain?.rules).toBe(chain?.rules);
  expect(chain?.rules.length).toBeGreaterThan(0);
});
