import { expect, test } from 'vitest';
import { printRestore } from '../../../src/ruleset/iptables/print-restore.ts';
import { document } from '../../support/rules.ts';

test('each table declares its chains before its rules, and is committed by itself', () => {
  expect(printRestore(document)).toBe(`*filter
:MINE - [0:0]
:YOURS - [0:0]
-A MINE -m comment --comment "only counts"
-A YOURS -j ACCEPT
COMMIT
*nat
COMMIT
`);
});

test('no table, no text', () => {
  expect(printRestore({ tables: [] })).toBe('');
});
