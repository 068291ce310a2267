import { expect, test } from 'vitest';
import { parseIPSets } from '../../../src/ruleset/ipset/parse-ipsets.ts';
import { printSavedIPSets } from '../../../src/ruleset/ipset/print-saved-ipsets.ts';
import { listedSets, savedSets } from '../../support/ipset-dumps.ts';

test.for([
  ['nothing', ''],
  ['a blank line', '\n'],
  ['a save', savedSets],
  ['a save whose last line has no end', savedSets.slice(0, -1)],
  ['a listing', listedSets],
  ['what cannot be read', `create a hash:ip\r\nadd a  x\n\n*nat`],
] as const)('prints what was read: %s', ([, text]) => {
  expect(printSavedIPSets(parseIPSets(text).document)).toBe(text.replace('ip\r', 'ip'));
});

test('prints from nodes, so that blanks become one', () => {
  const { document } = parseIPSets(
    ' create  a hash:ip\tcomment\nadd a 10.0.0.1   comment "x  y" \n',
  );
  expect(printSavedIPSets(document)).toBe(
    'create a hash:ip comment\nadd a 10.0.0.1 comment "x  y"\n',
  );
});
