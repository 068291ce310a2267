import { expect, test } from 'vitest';
import * as ipset from '../../../src/ruleset/ipset/index.ts';

test('the language offers its parser, printers, normal forms and the names of sets, nothing else', () => {
  expect(Object.keys(ipset).toSorted()).toEqual([
    'longestSetName',
    'normalizeCompiledIPSets',
    'normalizeSavedIPSets',
    'parseIPSets',
    'printEntry',
    'printIPSets',
    'printSavedIPSets',
    'setName',
  ]);
});
