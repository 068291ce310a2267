import { expect, test } from 'vitest';
import * as nftables from '../../../src/ruleset/nftables/index.ts';

test('the language offers its printers and the names of objects, nothing else', () => {
  expect(Object.keys(nftables).toSorted()).toEqual([
    'longestName',
    'objectName',
    'printElement',
    'printReplacement',
    'printTable',
  ]);
});
