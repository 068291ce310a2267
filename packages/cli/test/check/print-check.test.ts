import { expect, test } from 'vitest';
import type { Check, Difference } from '../../src/check/check-files.ts';
import { printCheck } from '../../src/check/print-check.ts';
import { plainPalette } from '../../src/output/palette.ts';

function changed(fields: Partial<Extract<Difference, { kind: 'changed' }>>): Check {
  const difference: Difference = {
    kind: 'changed',
    file: 'golden/a',
    added: 1,
    removed: 2,
    services: [],
    hunks: [],
    ...fields,
  };
  return { folder: 'golden', compared: 1, differences: [difference] };
}

test.for([
  { compared: 1, text: 'golden: 1 document as compiled\n' },
  { compared: 6, text: 'golden: 6 documents as compiled\n' },
])('$compared the same', ({ compared, text }) => {
  expect(printCheck({ folder: 'golden', compared, differences: [] }, plainPalette)).toBe(text);
});

test('a change of no Service is told without one', () => {
  expect(printCheck(changed({}), plainPalette)).toBe(
    'golden/a differs (+1 -2)\ntoo different to be compared line by line\n\nrun again with -o golden instead of --check to accept\n',
  );
});

test('of very many service ports the first fifty are named', () => {
  const services = Array.from({ length: 52 }, (_, index) => ({
    servicePort: `prod/s${index}`,
    kind: 'new' as const,
    added: 1,
    removed: 0,
    newEndpoints: [],
    goneEndpoints: [],
  }));
  const text = printCheck(changed({ services }), plainPalette);
  expect(text).toContain('golden/a differs: 52 service ports changed');
  expect(text).toContain('  + prod/s49 is new\n  ... and 2 more (--json lists all)\n');
});

test('what stands in a golden file cannot act on a terminal', () => {
  const hostile = '\u001b[31m\u009b1m\r';
  const text = printCheck(
    changed({
      file: `golden/${hostile}`,
      services: [
        {
          servicePort: hostile,
          kind: 'changed',
          added: 0,
          removed: 1,
          newEndpoints: [],
          goneEndpoints: [hostile],
        },
      ],
      hunks: [
        {
          goldenStart: 1,
          goldenLines: 1,
          compiledStart: 0,
          compiledLines: 0,
          lines: [
            { kind: 'removed', text: hostile, owner: { text: hostile } },
            { kind: 'same', text: hostile },
          ],
        },
      ],
    }),
    plainPalette,
  );
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  expect(text).toContain('\n-\\u001b[31m\\u009b1m\\u000d\n');
});
