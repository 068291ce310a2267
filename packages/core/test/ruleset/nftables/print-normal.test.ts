import { expect, test } from 'vitest';
import {
  normalizeParsed,
  parseNftables,
  printNormalTable,
} from '../../../src/ruleset/nftables/index.ts';

test('a table of the normal form is printed by name, with all that it has', () => {
  const { document, diagnostics } = parseNftables(`table inet t {
	comment "mine"
	counter hits { # handle 3
		packets 3 bytes 4
	}
	chain b {
		ip saddr 10.0.0.1 counter packets 1 bytes 2 drop comment "why"
	}
	chain a {
		comment "base"
		type filter hook ingress device "lo" priority filter + 5; policy drop;
	}
	map m {
		type ipv4_addr : mark
		flags interval
		gc-interval 5s
		elements = { 10.0.0.0/24 comment "x" : 0x00000005 }
	}
	set s {
		type mark
		size 5
		timeout 1m
		comment "few"
	}
}
`);
  expect(diagnostics).toEqual([]);
  expect(normalizeParsed(document).map(printNormalTable).join('')).toBe(`table inet t comment "mine"
counter hits { }
map m: type ipv4_addr : mark; flags interval; gc-interval 5s
	10.0.0.0/24 comment "x" : 5
set s: type mark; size 5; timeout 60s; comment "few"
chain a: type filter hook ingress device lo priority 5; policy drop; comment "base"
chain b
	ip saddr 10.0.0.1 drop comment "why"
`);
});
