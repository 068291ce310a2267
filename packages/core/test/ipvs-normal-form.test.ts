import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { compile } from '../src/compile.ts';
import {
  normalizeCompiledIPSets,
  normalizeSavedIPSets,
  parseIPSets,
} from '../src/ruleset/ipset/index.ts';
import {
  normalizeCompiledVirtualServers,
  normalizeSavedVirtualServers,
  parseIpvsadm,
} from '../src/ruleset/ipvs/index.ts';
import { parseAddressLines } from '../src/ruleset/addresses/index.ts';
import type { Release } from '../src/service/release.ts';
import { parseSnapshot } from '../src/snapshot/parse-snapshot.ts';
import { withoutEntryPlaces, withoutServerPlaces } from './support/without-places.ts';

const releases: readonly Release[] = ['1.30', '1.36'];

const cases = fixtureNames.flatMap((name) =>
  releases.flatMap((release) => {
    const { snapshot, recorded } = readFixture(name);
    const files = recorded('ipvs', release);
    return files ? [{ name, release, snapshot, files }] : [];
  }),
);

test.for(cases)('$name, release $release: what was compiled is what was recorded', (one) => {
  const ruleset = compile(parseSnapshot(one.snapshot).snapshot, 'ipvs', { release: one.release });
  for (const family of ['ipv4', 'ipv6'] as const) {
    const { ipsets, virtualServers, addresses } = ruleset[family];
    const sets = normalizeSavedIPSets(parseIPSets(one.files[`${family}.ipset`] ?? '').document);
    expect(sets).toHaveLength(17);
    expect(normalizeCompiledIPSets(ipsets).map(withoutEntryPlaces)).toEqual(
      sets.map(withoutEntryPlaces),
    );
    const servers = parseIpvsadm(one.files[`${family}.ipvsadm`] ?? '').document;
    expect(normalizeCompiledVirtualServers(virtualServers).map(withoutServerPlaces)).toEqual(
      normalizeSavedVirtualServers(servers).map(withoutServerPlaces),
    );
    const lines = parseAddressLines(one.files[`${family}.addresses`] ?? '');
    expect(lines.diagnostics).toEqual([]);
    expect(addresses).toEqual(lines.addresses.map(({ address }) => address));
  }
});

test('all 93 clusters were compared, and all but five of them in release 1.30 too', () => {
  expect(cases).toHaveLength(93 + 88);
});
