import { expect, test } from 'vitest';
import { printSave } from '../../../src/ruleset/iptables/print-save.ts';
import { document, jumps, withLastJump } from '../../support/rules.ts';

test('built-in chains come first, each chain once, and the jumps as -I leaves them', () => {
  expect(printSave(document, jumps)).toBe(`*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:MINE - [0:0]
:YOURS - [0:0]
:OTHER - [0:0]
-A INPUT -j OTHER
-A OUTPUT -j MINE
-A INPUT -m comment --comment "to mine" -j MINE
-A MINE -m comment --comment "only counts"
-A YOURS -j ACCEPT
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:OTHER - [0:0]
-A PREROUTING -j OTHER
COMMIT
`);
});

test('a jump that was appended stands behind the others', () => {
  expect(printSave(document, withLastJump)).toContain(
    '-A PREROUTING -j MINE\n-A PREROUTING -j OTHER\nCOMMIT\n',
  );
});
