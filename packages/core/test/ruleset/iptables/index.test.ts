import { expect, test } from 'vitest';
import * as iptables from '../../../src/ruleset/iptables/index.ts';

test('the language offers its printers, parsers, normal form and the names of chains, nothing else', () => {
  expect(Object.keys(iptables).toSorted()).toEqual([
    'chainName',
    'normalizeCompiled',
    'normalizeLazily',
    'normalizeSaved',
    'parseIptables',
    'parseJumps',
    'printJumps',
    'printRestore',
    'printRule',
    'printSave',
    'printSaved',
    'printSavedJumps',
    'printSavedRule',
    'printScript',
    'takeKnownRules',
  ]);
});
