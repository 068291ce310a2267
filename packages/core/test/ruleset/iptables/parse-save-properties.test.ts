import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeSaved } from '../../../src/ruleset/iptables/normalize.ts';
import { parseJumps } from '../../../src/ruleset/iptables/parse-jumps.ts';
import { parseIptables } from '../../../src/ruleset/iptables/parse-save.ts';
import { printSaved, printSavedJumps } from '../../../src/ruleset/iptables/print-saved.ts';

const word = fc.constantFrom(
  '-A INPUT',
  '-m comment --comment "a b"',
  '-m comment --comment x',
  '-m tcp',
  '-p tcp',
  '! -s 10.0.0.0/8',
  '-d fd00::1',
  '--dport 80',
  '-m recent --name R --set',
  '-m recent --set --name R --mask 255.255.255.255 --rsource',
  '-m statistic --mode random --probability 0.5',
  '-m conntrack ! --ctstate NEW',
  '-j KUBE-SVC-A',
  '-j MARK --set-xmark 0x4000/0x0',
  '-j REJECT',
  '-g B',
  '!',
  '"',
  '\\',
  "'",
  '-',
  '--',
  '[1:2]',
  '*nat',
  ':A - [0:0]',
  'COMMIT',
  '#',
);
const line = fc
  .array(fc.oneof({ weight: 6, arbitrary: word }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 8,
  })
  .chain((words) =>
    fc.constantFrom(' ', ' ', ' ', '  ', '\t', '').map((blank) => words.join(blank)),
  );
const rule = line.map((text) => `-A A ${text}`);
const dump = fc
  .tuple(
    fc.array(fc.oneof(line, rule), { maxLength: 12 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.constantFrom('', '*nat\n', '*nat\r\n'),
  )
  .map(([lines, end, start]) => start + lines.join(end));

const recorded = fixtureNames.slice(0, 30).flatMap((name) => {
  const fixture = readFixture(name);
  return Object.values({ ...fixture.readBack('iptables'), ...fixture.recorded('ipvs') });
});

/** Whatever the text is: nothing is thrown, and if nothing is wrong it is printed as it was. */
function expectSound(text: string): void {
  const { document, diagnostics } = parseIptables(text);
  if (diagnostics.length === 0) expect(printSaved(document)).toBe(text);
  const again = parseIptables(printSaved(document));
  expect(again.diagnostics.filter(({ code }) => code === 'DUMP_SYNTAX')).toEqual([]);
  normalizeSaved(document, 'IPv4');
  normalizeSaved(document, 'IPv6');
}

test('any text is read without an exception, and printed as it was if nothing is wrong', () => {
  fc.assert(fc.property(fc.oneof(dump, fc.string({ unit: 'binary' }), fc.string()), expectSound), {
    numRuns: 2000,
  });
});

test('any rule that is read is printed as it was', () => {
  fc.assert(
    fc.property(rule, (text) => {
      const { document, diagnostics } = parseIptables(`*nat\n${text}\nCOMMIT\n`);
      fc.pre(diagnostics.length === 0);
      expect(printSaved(document)).toBe(`*nat\n${text}\nCOMMIT\n`);
    }),
    { numRuns: 2000 },
  );
});

test('a recorded text that was cut or changed anywhere is read without an exception', () => {
  const change = fc.record({
    text: fc.constantFrom(...recorded),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 40 }),
    put: fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), word),
  });
  fc.assert(
    fc.property(change, ({ text, at, removed, put }) => {
      const from = Math.floor(at * text.length);
      expectSound(text.slice(0, from) + put + text.slice(from + removed));
      const cut = text.slice(0, from);
      const { jumps, diagnostics } = parseJumps(cut);
      if (diagnostics.length === 0) expect(printSavedJumps(jumps)).toBe(cut);
    }),
    { numRuns: 300 },
  );
});

const mebi = 2 ** 20;

test.for<readonly [name: string, text: string]>([
  ['quotes', '"'.repeat(mebi)],
  ['quotes in a table', `*nat\n-A A ${'"'.repeat(mebi)}`],
  ['open quotes', '*nat\n' + '-A A "\n'.repeat(mebi / 8)],
  ['negations', `*nat\n-A A ${'! '.repeat(mebi / 2)}`],
  ['modules', `*nat\n-A A ${'-m '.repeat(mebi / 3)}`],
  ['options of one module', `*nat\n-A A -m x ${'--y '.repeat(mebi / 4)}`],
  ['backslashes', `*nat\n-A A "${'\\'.repeat(mebi)}`],
  ['blanks', `*nat\n${' '.repeat(mebi)}-A${' '.repeat(mebi)}A`],
  ['carriage returns', '\r'.repeat(mebi)],
  ['line ends', '\r\n'.repeat(mebi / 2)],
  ['NULs', '\0'.repeat(mebi)],
  ['lone surrogates', `*nat\n-A A ${'\uD800'.repeat(mebi)}`],
  ['commas', `*nat\n-A A -m conntrack --ctstate ${','.repeat(mebi)}`],
  ['colons', `*nat\n:A - [${':'.repeat(mebi)}]\n-A A -s ${':'.repeat(mebi)}`],
  ['digits', `*nat\n-A A -m mark --mark ${'1'.repeat(mebi)} -d 1/${'1'.repeat(mebi)}`],
  ['words outside of a table', 'x '.repeat(mebi / 2)],
])('a mebibyte of %s takes its time but once', ([, text]) => {
  const start = performance.now();
  expectSound(text);
  expect(performance.now() - start).toBeLessThan(8000);
});
