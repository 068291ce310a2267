import { expect, test } from 'vitest';
import { printJumps } from '../../../src/ruleset/iptables/print-jumps.ts';
import { jumps, withLastJump } from '../../support/rules.ts';

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

test('a jump that must come last is appended', () => {
  expect(printJumps(withLastJump).split('\n').slice(-4)).toEqual([
    '-t nat -A PREROUTING -j OTHER',
    '-t nat -N MINE',
    '-t nat -I PREROUTING -j MINE',
    '',
  ]);
});

test('no jump, no text', () => {
  expect(printJumps([])).toBe('');
});
