import { expect, test } from 'vitest';
import * as addresses from '../../../src/ruleset/addresses/index.ts';

test('offers its two parsers, nothing else', () => {
  expect(Object.keys(addresses).toSorted()).toEqual(['parseAddressLines', 'parseIPAddr']);
});
