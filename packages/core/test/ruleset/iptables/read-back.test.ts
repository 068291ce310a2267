import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  fixtureNames,
  readFixture,
  readFixtures,
  type Fixture,
  type FixtureMode,
} from '@kube-rules/fixtures';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import type { Family } from '../../../src/netaddr/family.ts';
import {
  normalizeCompiled,
  normalizeSaved,
  type NormalRuleset,
} from '../../../src/ruleset/iptables/index.ts';
import { parseJumps } from '../../../src/ruleset/iptables/parse-jumps.ts';
import { parseIptables } from '../../../src/ruleset/iptables/parse-save.ts';
import { printSave } from '../../../src/ruleset/iptables/print-save.ts';
import { printSaved, printSavedJumps } from '../../../src/ruleset/iptables/print-saved.ts';
import { parseSnapshot } from '../../../src/snapshot/parse-snapshot.ts';

const shared = new URL('../../../../../../shared/', import.meta.url);
const randomFolder = fileURLToPath(new URL('conformance/random', shared));
const dumpFolder = fileURLToPath(new URL('dumps', shared));

const named = fixtureNames.map((name) => readFixture(name));
const random = existsSync(randomFolder) ? readFixtures(randomFolder) : [];
const modes: readonly FixtureMode[] = ['iptables', 'ipvs'];
const families = [
  ['IPv4', 'ipv4'],
  ['IPv6', 'ipv6'],
] as const;

describe.for([...named, ...random])('$name', (fixture) => {
  test.for(modes)('%s mode: the texts are printed as they were', (mode) => {
    const files = { ...fixture.recorded(mode), ...fixture.readBack(mode) };
    const texts = Object.entries(files).flatMap(([name, text]) => {
      if (name.endsWith('.jumps')) return [{ name, text, again: reprintJumps(text) }];
      const isOurs = /\.iptables$|tables-\w+-save$/.test(name);
      return isOurs ? [{ name, text, again: reprint(text) }] : [];
    });
    expect(texts.length).toBeGreaterThanOrEqual(4);
    for (const { text, again } of texts) expect(again).toBe(text);
  });

  test.for(modes)('%s mode: what was compiled is what was recorded and read back', (mode) => {
    const compiled = compiledRules(fixture, mode);
    for (const [family, prefix] of families) {
      const wanted = contentOf(compiled[family].normal);
      for (const text of readBackTexts(fixture, mode, prefix)) {
        expect(contentOf(normalizeText(text, family))).toEqual(wanted);
      }
      expect(contentOf(normalizeText(compiled[family].save, family))).toEqual(wanted);
      expect(contentOf(normalizeRecorded(fixture, mode, family))).toEqual(wanted);
      expect(contentOf(normalizeText(printNormal(compiled[family].normal), family))).toEqual(
        wanted,
      );
    }
  });
});

test('each named cluster but the two with nfacct was read back, of both flavours', () => {
  const texts = named.flatMap((fixture) =>
    families.flatMap(([, prefix]) => readBackTexts(fixture, 'iptables', prefix)),
  );
  expect(texts).toHaveLength(91 * 4);
});

if (random.length === 0) {
  test.skip(`not compared, because it is not there: ${randomFolder}`, () => {});
}

/** Dumps of real nodes, which are not ours to publish. */
const dumps = existsSync(dumpFolder) ? readdirSync(dumpFolder).toSorted() : [];
const saves = dumps.filter((name) => /iptables-save|firewall-v4/.test(name));
const listings = dumps.filter((name) => /-n?v?L(?:-\d+)?\.txt$/.test(name));

test.skipIf(dumps.length === 0)(`all dumps are there: ${dumpFolder}`, () => {
  expect([saves.length, listings.length]).toEqual([6, 5]);
});

test.for(saves)('%s is printed as it was', (name) => {
  const text = readFileSync(`${dumpFolder}/${name}`, 'utf8');
  expect(reprint(text)).toBe(text);
  normalizeText(text, 'IPv4');
});

test.for(listings)('%s is a listing', (name) => {
  const { document, diagnostics } = parseIptables(readFileSync(`${dumpFolder}/${name}`, 'utf8'));
  expect(document.items).toEqual([]);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.code).toBe('DUMP_UNSUPPORTED');
  expect(diagnostics[0]?.message).toContain('"iptables-save -c" prints them all');
});

function reprint(text: string): string {
  const { document, diagnostics } = parseIptables(text);
  expect(diagnostics).toEqual([]);
  return printSaved(document);
}

function reprintJumps(text: string): string {
  const { jumps, diagnostics } = parseJumps(text);
  expect(diagnostics).toEqual([]);
  return printSavedJumps(jumps);
}

function readBackTexts(fixture: Fixture, mode: FixtureMode, prefix: string): string[] {
  return Object.entries(fixture.readBack(mode)).flatMap(([name, text]) =>
    name.startsWith(`${prefix}.iptables-`) ? [text] : [],
  );
}

interface Compiled {
  readonly normal: NormalRuleset;
  readonly save: string;
}

function compiledRules(fixture: Fixture, mode: FixtureMode): Record<Family, Compiled> {
  const ruleset = compile(parseSnapshot(fixture.snapshot).snapshot, mode);
  if (ruleset.mode === 'nftables') throw new Error('nftables mode has no iptables rules');
  const rulesOf = ({ document, jumps, family }: typeof ruleset.ipv4): Compiled => ({
    normal: normalizeCompiled(document, jumps, family),
    save: printSave(document, jumps),
  });
  return { IPv4: rulesOf(ruleset.ipv4), IPv6: rulesOf(ruleset.ipv6) };
}

function normalizeText(text: string, family: Family): NormalRuleset {
  return normalizeSaved(parseIptables(text).document, family);
}

/** kube-proxy's own calls and document. */
function normalizeRecorded(fixture: Fixture, mode: FixtureMode, family: Family): NormalRuleset {
  const prefix = family === 'IPv4' ? 'ipv4' : 'ipv6';
  const files = fixture.recorded(mode) ?? {};
  const { document } = parseIptables(files[`${prefix}.iptables`] ?? '');
  return normalizeSaved(document, family, parseJumps(files[`${prefix}.jumps`] ?? '').jumps);
}

/** The normal form as a save: its texts are rules that iptables-restore takes. */
function printNormal({ tables }: NormalRuleset): string {
  const lines = [...tables.values()].flatMap(({ name, chains }) => [
    `*${name}`,
    ...Array.from(chains.values(), (chain) => `:${chain.name} ${chain.policy ?? '-'} [0:0]`),
    ...[...chains.values()].flatMap(({ rules }) => rules.map(({ text }) => text)),
    'COMMIT',
  ]);
  return `${lines.join('\n')}\n`;
}

/** All but where the rules came from and the order of tables and chains, which means nothing. */
function contentOf({ tables }: NormalRuleset): unknown {
  return Array.from(tables.values(), ({ name, chains }) => [
    name,
    Array.from(chains.values(), ({ name, policy, rules }) => [
      name,
      policy,
      rules.map(({ text, matches, target, comment }) => ({ text, matches, target, comment })),
    ]).toSorted(byFirst),
  ]).toSorted(byFirst);
}

function byFirst(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}
