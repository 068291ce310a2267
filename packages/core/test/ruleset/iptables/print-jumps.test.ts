import { expect, test } from 'vitest';
import { printJumps } from '../../../src/ruleset/iptables/print-jumps.ts';
import { jumps } from '../../support/rules.ts';

test('each step is one call, and a chain may be made twice', () => {
  expect(printJumps(jumps)).toBe(`-t filter -N MINE
-t filter -I INPUT -m comment --comment "to mine" -j MINE
-t filter -N MINE
-t filter -I OUTPUT -j MINE
-t filter -N OTHER
-t filter -I INPUT -j OTHER
-t nat -N OTHER
-t nat -I PREROUTING -j OTHER
`);
});

test('no jump, no text', () => {
  expect(printJumps([])).toBe('');
});
