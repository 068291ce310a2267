import { expect, test } from 'vitest';
import * as ipvs from '../../../src/ruleset/ipvs/index.ts';

test('the language offers its parser, printers and normal forms, nothing else', () => {
  expect(Object.keys(ipvs).toSorted()).toEqual([
    'normalizeCompiledVirtualServers',
    'normalizeSavedVirtualServers',
    'parseIpvsadm',
    'printSavedVirtualServers',
    'printTimeouts',
    'printVirtualServers',
  ]);
});
