import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  normalizeSavedIPSets,
  parseIPSets,
  printSavedIPSets,
} from '../../../src/ruleset/ipset/index.ts';
import { arbitraryDamage } from '../../support/arbitrary-damage.ts';
import { listedSets, savedSets } from '../../support/ipset-dumps.ts';
import { dumpFolder, readToolDumps } from '../../support/tool-dumps.ts';
import { withoutEntryPlaces } from '../../support/without-places.ts';

const recorded = fixtureNames.flatMap((name) => {
  const files = readFixture(name).recorded('ipvs') ?? {};
  return ['ipv4.ipset', 'ipv6.ipset'].map((file) => files[file] ?? '');
});

test('every recorded file is read as a whole and printed as it was', () => {
  expect(recorded).toHaveLength(186);
  for (const text of recorded) {
    const { document, diagnostics } = parseIPSets(text);
    expect(diagnostics).toEqual([]);
    expect(normalizeSavedIPSets(document)).toHaveLength(17);
    expect(printSavedIPSets(document)).toBe(text);
  }
});

/** Lines that nobody can read: what an author left out, and an address that he masked. */
const unreadLines: Readonly<Record<string, readonly string[]>> = {
  '02-kind-ipvs-ipset-list.txt': ['...', '...'],
  '21-k3s-ipvs-ipset-list-KUBE-IPVS-IPS-broken.txt': ['5.xx.xx.xxx <-- external IP'],
};

const dumps = readToolDumps(['ipset-list', 'ipset-save']);

if (dumps.length === 0) test.skip(`not read, because it is not there: ${dumpFolder}`, () => {});

test.for([...dumps])('$name is printed as it was', ({ name, text }) => {
  const { document, diagnostics } = parseIPSets(text);
  expect(printSavedIPSets(document)).toBe(text);
  const unread = document.lines.flatMap((line) => (line.kind === 'unread' ? [line.text] : []));
  expect(unread).toEqual(unreadLines[name] ?? []);
  expect(diagnostics.map(({ code }) => code)).toEqual(unread.map(() => 'DUMP_SYNTAX'));
});

test.runIf(dumps.length > 0)('all four were there', () => {
  expect(dumps).toHaveLength(4);
});

const texts = [savedSets, listedSets, ...recorded.slice(0, 10)];
const words = ['create ', 'add ', 'Name: ', 'Members:', 'hash:ip', '-exist', 'comment'];

test('a damaged text never throws, and every line of it has its place', () => {
  let damaged = 0;
  const text = fc.oneof(arbitraryDamage(texts, words), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(text, (text) => {
      const { document, diagnostics } = parseIPSets(text, 'a');
      const again = parseIPSets(printSavedIPSets(document)).document;
      expect(normalizeSavedIPSets(again).map(withoutEntryPlaces)).toEqual(
        normalizeSavedIPSets(document).map(withoutEntryPlaces),
      );
      if (diagnostics.length > 0) damaged++;
      for (const { range } of diagnostics) {
        expect(range?.start).toBeGreaterThanOrEqual(0);
        expect(range?.end).toBeLessThanOrEqual(text.length);
      }
      for (const line of document.lines)
        if (line.offset > 0) expect(text.charAt(line.offset - 1)).toBe('\n');
    }),
    { numRuns: 500 },
  );
  expect(damaged).toBeGreaterThan(100);
});
