import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  normalizeSavedVirtualServers,
  parseIpvsadm,
  printSavedVirtualServers,
} from '../../../src/ruleset/ipvs/index.ts';
import { arbitraryDamage } from '../../support/arbitrary-damage.ts';
import { listedServers, procfsServers, savedServers } from '../../support/ipvs-dumps.ts';
import { dumpFolder, readToolDumps } from '../../support/tool-dumps.ts';
import { withoutServerPlaces } from '../../support/without-places.ts';

const recorded = fixtureNames.flatMap((name) => {
  const files = readFixture(name).recorded('ipvs') ?? {};
  return ['ipv4.ipvsadm', 'ipv6.ipvsadm'].map((file) => files[file] ?? '');
});

test('every recorded file is read as a whole and printed as it was', () => {
  expect(recorded).toHaveLength(186);
  expect(recorded.filter((text) => text !== '').length).toBeGreaterThan(80);
  for (const text of recorded) {
    const { document, diagnostics } = parseIpvsadm(text);
    expect(diagnostics).toEqual([]);
    expect(printSavedVirtualServers(document)).toBe(text);
  }
});

/** What the archive that a file was taken from says of it. */
const unreadLines: Readonly<Record<string, readonly string[]>> = {
  '11-procfs-proc-net-ip_vs.txt': ['Path: fixtures/proc/net/ip_vs', 'Lines: 21', 'Mode: 644'],
};

const dumps = readToolDumps(['ipvsadm-ln', 'ip_vs']);

if (dumps.length === 0) test.skip(`not read, because it is not there: ${dumpFolder}`, () => {});

test.for([...dumps])('$name is printed as it was', ({ name, text }) => {
  const { document, diagnostics } = parseIpvsadm(text);
  expect(printSavedVirtualServers(document)).toBe(text);
  expect(normalizeSavedVirtualServers(document).length).toBeGreaterThan(3);
  const unread = document.lines.flatMap((line) => (line.kind === 'unread' ? [line.text] : []));
  expect(unread).toEqual(unreadLines[name] ?? []);
  expect(diagnostics.map(({ code }) => code)).toEqual(unread.map(() => 'DUMP_SYNTAX'));
});

test.runIf(dumps.length > 0)('all five were there', () => {
  expect(dumps).toHaveLength(5);
});

const texts = [savedServers, listedServers, procfsServers, ...recorded.slice(0, 10)];
const words = ['-A ', '-a ', ' -r ', 'TCP  ', 'FWM  ', '  -> ', 'persistent ', 'ops', '0A000001'];

test('a damaged text never throws, and every line of it has its place', () => {
  let damaged = 0;
  const text = fc.oneof(arbitraryDamage(texts, words), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(text, (text) => {
      const { document, diagnostics } = parseIpvsadm(text, 'a');
      const again = parseIpvsadm(printSavedVirtualServers(document)).document;
      expect(normalizeSavedVirtualServers(again).map(withoutServerPlaces)).toEqual(
        normalizeSavedVirtualServers(document).map(withoutServerPlaces),
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
