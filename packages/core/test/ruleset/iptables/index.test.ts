import { expect, test } from 'vitest';
import * as iptables from '../../../src/ruleset/iptables/index.ts';

test('the language offers its printers and the names of chains, nothing else', () => {
  expect(Object.keys(iptables).toSorted()).toEqual([
    'chainName',
    'printJumps',
    'printRestore',
    'printRule',
    'printSave',
    'printScript',
  ]);
});
