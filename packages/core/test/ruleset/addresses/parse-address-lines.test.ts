import { expect, test } from 'vitest';
import { parseAddressLines } from '../../../src/ruleset/addresses/parse-address-lines.ts';

test('reads an address a line', () => {
  expect(parseAddressLines('10.96.0.1\n\nFD00::1\n')).toEqual({
    addresses: [
      { address: '10.96.0.1', offset: 0 },
      { address: 'fd00::1', offset: 11 },
    ],
    diagnostics: [],
  });
});

test('leaves out what is no address, and says so', () => {
  const { addresses, diagnostics } = parseAddressLines('10.96.0.1/32\n10.96.0.2\n10.96', 'a');
  expect(addresses).toEqual([{ address: '10.96.0.2', offset: 13 }]);
  expect(diagnostics).toMatchObject([
    {
      code: 'DUMP_SYNTAX',
      message: '"10.96.0.1/32" is no address.',
      range: { source: 'a', start: 0, end: 12 },
    },
    {
      code: 'DUMP_TRUNCATED',
      message: 'The text ends within a line: "10.96" is no address.',
      range: { source: 'a', start: 23, end: 28 },
    },
  ]);
});
