import { expect, test } from 'vitest';
import * as nftables from '../../../src/ruleset/nftables/index.ts';

test('the language offers its parser, its printers, the normal form and the names of objects', () => {
  expect(Object.keys(nftables).toSorted()).toEqual([
    'changeTable',
    'isObjectName',
    'longestName',
    'normalizeCompiled',
    'normalizeParsed',
    'objectName',
    'parseNftables',
    'printChainDeclaration',
    'printElement',
    'printNftables',
    'printNormalElement',
    'printNormalExpression',
    'printNormalRule',
    'printNormalStatement',
    'printNormalTable',
    'printReplacement',
    'printSetDeclaration',
    'printTable',
  ]);
});
