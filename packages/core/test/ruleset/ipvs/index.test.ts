import { expect, test } from 'vitest';
import * as ipvs from '../../../src/ruleset/ipvs/index.ts';

test('the language offers its printers, nothing else', () => {
  expect(Object.keys(ipvs).toSorted()).toEqual(['printTimeouts', 'printVirtualServers']);
});
