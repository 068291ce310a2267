import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixtureNames, readFixture, readFixtures, type Fixture } from '@kube-rules/fixtures';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { renderFiles } from '../../../src/render-files.ts';
import {
  normalizeCompiled,
  normalizeParsed,
  parseNftables,
  printNftables,
  printNormalTable,
} from '../../../src/ruleset/nftables/index.ts';
import { parseSnapshot } from '../../../src/snapshot/parse-snapshot.ts';
import { dumpFolder, readToolDumps } from '../../support/tool-dumps.ts';

const randomFolder = fileURLToPath(
  new URL('../../../../../../shared/conformance/random', import.meta.url),
);
const named = fixtureNames.map((name) => readFixture(name));
const random = existsSync(randomFolder) ? readFixtures(randomFolder) : [];
const layouts = ['kube-proxy', 'fast'] as const;
const families = ['ipv4', 'ipv6'] as const;

describe.for([...named, ...random])('$name', (fixture) => {
  test('the recorded script and listing are printed as they were', () => {
    for (const family of families) {
      const { script, listing } = recordedOf(fixture, family);
      expect(reprint(script)).toBe(script);
      expect(reprint(listing)).toBe(listing);
    }
  });

  test('what was compiled is what was recorded and what the kernel listed', () => {
    const ruleset = compile(parseSnapshot(fixture.snapshot).snapshot, 'nftables');
    for (const family of families) {
      const wanted = printNormalTable(normalizeCompiled(ruleset[family].table));
      const { script, listing } = recordedOf(fixture, family);
      expect(normalizeText(script)).toBe(wanted);
      expect(normalizeText(listing)).toBe(wanted);
    }
  });

  test.for(layouts)('scripts of the %s layout are read as what was compiled', (layout) => {
    const ruleset = compile(parseSnapshot(fixture.snapshot).snapshot, 'nftables', { layout });
    for (const form of ['restore', 'script'] as const) {
      const files = renderFiles(ruleset, { form });
      for (const family of families) {
        const text = files[`${family}.nft`] ?? '';
        expect(reprint(text)).toBe(text);
        expect(normalizeText(text)).toBe(
          printNormalTable(normalizeCompiled(ruleset[family].table)),
        );
      }
    }
  });
});

test('every statement that was recorded is of a kind that is known', () => {
  const statements = named.flatMap((fixture) =>
    families.flatMap((family) =>
      normalizeParsed(parseNftables(recordedOf(fixture, family).listing).document).flatMap(
        ({ chains }) =>
          [...chains.values()].flatMap(({ rules }) => rules.flatMap((rule) => rule.statements)),
      ),
    ),
  );
  expect(statements.length).toBeGreaterThan(1000);
  expect(statements.filter(({ kind }) => kind === 'other')).toEqual([]);
});

if (random.length === 0) {
  test.skip(`not compared, because it is not there: ${randomFolder}`, () => {});
}

const dumps = readToolDumps(['12-', '17-', '18-', '19-']);

test.skipIf(dumps.length === 0)(`all dumps are there: ${dumpFolder}`, () => {
  expect(dumps.map(({ name }) => name.slice(0, 2))).toEqual(['12', '17', '18', '19']);
});

test.for(dumps)('$name is printed as it was', ({ name, text }) => {
  const { document, diagnostics } = parseNftables(text);
  expect(printNftables(document)).toBe(text);
  const isCut = name.startsWith('18');
  expect(diagnostics.map(({ code }) => code)).toEqual(isCut ? ['DUMP_TRUNCATED'] : []);
  const commented = `# source: somewhere\n${text}`;
  expect(printNftables(parseNftables(commented).document)).toBe(commented);
});

test.skipIf(dumps.length === 0)(
  'the table of a node of k3s has its rules in typed statements',
  () => {
    const text = dumps.find(({ name }) => name.startsWith('17'))?.text ?? '';
    const [table] = normalizeParsed(parseNftables(text).document);
    const statements = [...(table?.chains.values() ?? [])].flatMap(({ rules }) =>
      rules.flatMap((rule) => rule.statements),
    );
    expect(statements.length).toBeGreaterThan(80);
    expect(statements.filter(({ kind }) => kind === 'other')).toEqual([]);
    expect(table?.sets.get('service-ips')?.elements).toHaveLength(9);
  },
);

function recordedOf(
  fixture: Fixture,
  family: string,
): { readonly script: string; readonly listing: string } {
  const script = fixture.recorded('nftables')?.[`${family}.nft`];
  const listing = fixture.readBack('nftables')[`${family}.nft-list`];
  if (script === undefined || listing === undefined)
    throw new Error(`${fixture.name}: nothing was recorded`);
  return { script, listing };
}

function reprint(text: string): string {
  const { document, diagnostics } = parseNftables(text);
  expect(diagnostics).toEqual([]);
  return printNftables(document);
}

function normalizeText(text: string): string {
  return normalizeParsed(parseNftables(text).document).map(printNormalTable).join('');
}
