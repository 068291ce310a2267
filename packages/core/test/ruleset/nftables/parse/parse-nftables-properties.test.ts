import * as fc from 'fast-check';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import {
  normalizeParsed,
  parseNftables,
  printNftables,
  printNormalTable,
} from '../../../../src/ruleset/nftables/index.ts';
import { arbitraryDamage } from '../../../support/arbitrary-damage.ts';

const fixture = readFixture('session-affinity');
const recorded = [
  ...Object.values(fixture.recorded('nftables') ?? {}),
  ...Object.values(fixture.readBack('nftables')),
];

const words =
  'table|ip|t|{|}|chain|c|set|s|map|m|elements = {|add|delete|flush ruleset|rule|element|insert|type|typeof|flags|;|,|:|.|\\\n|"|#|# handle 5|@s|vmap|map|comment|accept|jump c|counter packets 1 bytes 2|dnat ip to|numgen random mod 2|ip saddr|meta mark set|meta l4proto tcp|10.0.0.0/8|::1|0x1/1|timeout 1h|\t'.split(
    '|',
  );

test('there are listings and scripts to damage', () => {
  expect(recorded).toHaveLength(4);
});

test('any text is printed as it was, and nothing is thrown', () => {
  const scribble = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom('\n', ' ', '')))
    .map((parts) => parts.join(' '));
  fc.assert(fc.property(fc.oneof(scribble, fc.string({ unit: 'binary' })), expectSameText), {
    numRuns: 2000,
  });
});

test('a damaged or cut text is printed as it was, and nothing is thrown', () => {
  fc.assert(fc.property(arbitraryDamage(recorded, words), expectSameText), { numRuns: 300 });
});

test('a listing that is cut within its table is reported as cut', () => {
  const listing = fixture.readBack('nftables')['ipv4.nft-list'] ?? '';
  const start = listing.indexOf('{') + 1;
  fc.assert(
    fc.property(fc.integer({ min: start, max: listing.length - 3 }), (end) => {
      const { diagnostics } = parseNftables(listing.slice(0, end));
      expect(diagnostics.map(({ code }) => code)).toContain('DUMP_TRUNCATED');
    }),
    { numRuns: 100 },
  );
});

test('damaged JSON throws nothing', () => {
  const text = JSON.stringify({
    nftables: [
      { table: { family: 'ip', name: 't' } },
      { chain: { family: 'ip', table: 't', name: 'c', type: 'nat', hook: 'input', prio: 0 } },
      {
        map: {
          family: 'ip',
          table: 't',
          name: 'm',
          type: ['mark'],
          map: 'verdict',
          elem: [[1, { drop: null }]],
        },
      },
      {
        rule: {
          family: 'ip',
          table: 't',
          chain: 'c',
          expr: [{ match: { op: '==', left: {}, right: 1 } }],
        },
      },
    ],
  });
  fc.assert(
    fc.property(arbitraryDamage([text], ['null', '{}', '[]', '0', '"x"']), (damaged) => {
      expectSameTables(damaged);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (nftables) => {
      expectSameTables(JSON.stringify({ nftables }));
    }),
  );
});

test.for([
  'table ip t {\nchain c {\nip saddr a,',
  'elements = { a . ',
  'meta l4proto tcp ',
  '{',
  '"',
  'a;',
])('a hundred thousand times %j is read in a moment', (piece) => {
  const text = `table ip t {\nchain c {\n${piece.repeat(100_000)}`;
  const start = performance.now();
  normalizeParsed(parseNftables(text).document);
  expect(performance.now() - start).toBeLessThan(10_000);
});

function expectSameText(text: string): void {
  const { document } = parseNftables(text);
  if (document.format !== 'json') expect(printNftables(document)).toBe(text);
  normalizeParsed(document).map(printNormalTable);
}

function expectSameTables(text: string): void {
  const { document } = parseNftables(text);
  const again = parseNftables(printNftables(document)).document;
  expect(normalizeParsed(again)).toEqual(normalizeParsed(document));
}
