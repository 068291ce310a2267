import { expect, test } from 'vitest';
import {
  normalizeCompiled,
  normalizeParsed,
  objectName,
  parseNftables,
  printNormalTable,
  type NormalTable,
  type Table,
} from '../../../src/ruleset/nftables/index.ts';

function normalize(text: string): NormalTable[] {
  return normalizeParsed(parseNftables(text).document);
}

function print(text: string): string {
  return normalize(text).map(printNormalTable).join('');
}

/** The normal text of a rule in a table of a family. */
function ruleText(rule: string, family = 'ip'): string | undefined {
  const [table] = normalize(`add rule ${family} t c ${rule}`);
  return table?.chains.get('c')?.rules[0]?.text;
}

test.for<[string, string]>([
  ['meta mark & 0x00004000 != 0x00000000', 'mark and 0x4000 != 0'],
  ['meta mark != 0x00000000/1', 'mark and 0x80000000 != 0'],
  ['meta mark set meta mark | 0x00004000', 'mark set mark or 16384'],
  ['meta mark set meta mark ^ 0x00004000', 'mark set mark xor 0x4000'],
  ['tcp dport 80', 'meta l4proto tcp tcp dport 80'],
  ['dnat ip to tcp dport map @m', 'meta l4proto 6 dnat to tcp dport map @m'],
  ['meta l4proto tcp dnat to 10.0.0.1:80', 'meta l4proto 6 dnat to 10.0.0.1:80'],
  [
    'dnat ip to numgen random mod 1 map { 0 : 1.1.1.1 . 8 }',
    'dnat ip addr . port to numgen random mod 1 offset 0 map {0 : 1.1.1.1 . 8}',
  ],
  ['ip saddr 10.0.0.1', 'ip saddr { 10.0.0.1/32 }'],
  ['ip saddr { 10.0.0.0/24, 10.0.2.1 }', 'ip saddr { 10.0.2.1/32 , 10.0.0.128/25,10.0.0.0/25 }'],
  ['ip saddr 10.0.0.0/8', 'ip saddr 10.1.2.3/8'],
  ['ip6 saddr 2001:db8::1', 'ip6 saddr 2001:DB8:0:0::0:1/128'],
  ['ct state established,related', 'ct state related,0x2'],
  ['ct status dnat', 'ct status 0x20'],
  ['meta iifname "lo"', 'iifname lo'],
  ['th dport { 53, 80-90, 443 }', 'th dport { 443, 53, 80-85, 86-90 }'],
  ['counter packets 1 bytes 2 drop', 'drop'],
  ['update @s { ip saddr timeout 10m }', 'update @s { ip saddr timeout 600s }'],
  ['reject', 'reject with icmp type port-unreachable'],
  ['masquerade fully-random,persistent', 'masquerade persistent,fully-random'],
  ['tcp dport vmap { 22 : accept, 80 : drop }', 'tcp dport vmap { 80 : drop , 22 : accept }'],
  ['dnat to [fd00::1]:80', 'dnat to [FD00:0::1]:80'],
  ['ip  saddr   1.2.3.4', 'ip saddr 1.2.3.4'],
  ['limit rate 5/minute burst 5 packets', 'limit rate 5/minute burst 5 packets'],
])('%s is %s', ([one, other]) => {
  expect(ruleText(one)).toBe(ruleText(other));
  expect(ruleText(one)).not.toBe('');
});

test.for<[string, string]>([
  ['ip saddr 10.0.0.1', 'ip daddr 10.0.0.1'],
  ['ct state { established }', 'ct state established'],
  ['ip protocol tcp tcp dport 80', 'tcp dport 80'],
  ['meta l4proto udp tcp dport 80', 'tcp dport 80'],
  ['meta l4proto != tcp tcp dport 80', 'tcp dport 80'],
  ['jump a', 'goto a'],
  ['dnat to 10.0.0.1:80', 'dnat to 10.0.0.1:81'],
  ['reject with tcp reset', 'reject'],
  ['update @s { ip saddr }', 'add @s { ip saddr }'],
  ['log prefix "a"', 'log prefix "b"'],
])('%s is not %s', ([one, other]) => {
  expect(ruleText(one)).not.toBe(ruleText(other));
});

test('what rejects by itself depends on the family', () => {
  expect(ruleText('reject with icmpx type port-unreachable', 'inet')).toBe('reject');
  expect(ruleText('reject with icmpv6 port-unreachable', 'ip6')).toBe('reject');
  expect(ruleText('reject with icmp port-unreachable', 'inet')).toBe(
    'reject with icmp port-unreachable',
  );
});

test.for<[string, string, string]>([
  ['type ipv4_addr . inet_service', 'typeof ip saddr . tcp dport', ''],
  ['type mark; size 65535; flags dynamic', 'typeof meta mark; flags dynamic', ''],
  ['type ipv4_addr; flags timeout,interval', 'type ipv4_addr; flags interval,timeout', ''],
  ['type ipv4_addr; timeout 1h', 'type ipv4_addr; timeout 3600s', ''],
  ['type inet_proto; elements = { tcp, 17 }', 'type inet_proto; elements = { 6, udp }', ''],
  [
    'type ipv4_addr; elements = { 1.1.1.1, 1.1.1.2 }',
    'type ipv4_addr; elements = { 1.1.1.2 timeout 5s expires 1s, 1.1.1.1 counter packets 1 bytes 2 }',
    '',
  ],
  [
    'type ipv4_addr; flags interval; elements = { 10.0.0.0/23 }',
    'type ipv4_addr; flags interval; elements = { 10.0.1.0/24, 10.0.0.0/24 }',
    '',
  ],
  ['type ipv4_addr; flags dynamic; elements = { 1.1.1.1 }', 'type ipv4_addr; flags dynamic', ''],
  [
    'type ipv4_addr; elements = { 1.1.1.1 }',
    'type ipv4_addr',
    'add rule ip t c update @s { ip saddr }\n',
  ],
  ['type ipv4_addr; elements = { # one\n 1.1.1.1 }', 'type ipv4_addr; elements = { 1.1.1.1 }', ''],
])('a set of %s is one of %s', ([one, other, rules]) => {
  const script = (set: string): string => `add set ip t s { ${set}; }\n${rules}`;
  expect(print(script(one))).toBe(print(script(other)));
});

test.for<[string, string]>([
  ['dstnat', '-100'],
  ['dstnat - 10', '-110'],
  ['dstnat-10', '-110'],
  ['filter + 5', '5'],
  ['raw', '-300'],
])('priority %s is %s', ([name, number]) => {
  expect(print(baseChain(name))).toBe(print(baseChain(number)));
});

function baseChain(priority: string): string {
  return `add chain ip t c { type nat hook prerouting priority ${priority}; policy accept; }\n`;
}

test('in a bridge the names of priorities stand for other numbers', () => {
  const [table] = normalize('add chain bridge t c { type filter hook input priority filter; }');
  expect(table?.chains.get('c')?.hook?.priority).toBe(-200);
  expect(table?.chains.get('c')?.policy).toBe('accept');
});

test('a script is carried out', () => {
  expect(
    print(`add table ip gone
delete table ip gone
add table ip t { comment "mine"; }
add chain ip t a
add chain ip t b
add rule ip t a drop
insert rule ip t a accept
add rule ip t b drop
flush chain ip t b
add chain ip t c
delete chain ip t c
add set ip t s { type ipv4_addr; }
add element ip t s { 1.1.1.2, 1.1.1.1, 1.1.1.3 }
delete element ip t s { 1.1.1.2 }
add map ip t m { type mark : verdict; }
add element ip t m { 0x5 comment "five" : jump b }
add set ip t e { type mark; elements = { 1 }; }
flush set ip t e
add set ip t gone { type mark; }
delete set ip t gone
`),
  ).toBe(`table ip t comment "mine"
set e: type mark
map m: type mark : verdict
	5 comment "five" : jump b
set s: type ipv4_addr
	1.1.1.1
	1.1.1.3
chain a
	accept
	drop
chain b
`);
});

test('what is flushed is gone', () => {
  expect(print('add table ip t\nadd table ip6 u\nflush ruleset ip\n')).toBe('table ip6 u\n');
  expect(print('add table ip t\nflush ruleset\n')).toBe('');
  expect(print('add rule t c drop\nflush table t\n')).toBe('table ip t\nchain c\n');
});

test('rules, elements, chains, sets and tables know where they stand', () => {
  const text =
    'table ip t {\n\tset s {\n\t\ttype mark\n\t\telements = { 1, 0x2 }\n\t}\n\tchain c {\n\t\tdrop\n\t}\n}\n';
  const [table] = normalize(text);
  const at = (words: string): object => ({ kind: 'saved', offset: text.indexOf(words) });
  expect(table?.source).toEqual(at('table'));
  expect(table?.sets.get('s')?.source).toEqual(at('set s'));
  expect(table?.sets.get('s')?.elements.map(({ source }) => source)).toEqual([at('1'), at('0x2')]);
  expect(table?.chains.get('c')?.source).toEqual(at('chain c'));
  expect(table?.chains.get('c')?.rules[0]?.source).toEqual(at('drop'));
});

test('a compiled table knows what its rules and elements are for', () => {
  const origin = { reason: 'cluster IP', servicePort: 'default/web:http' };
  const name = objectName('c');
  const table: Table = {
    family: 'ip',
    name: objectName('t'),
    chains: [
      {
        name,
        rules: [
          { chain: name, statements: [{ kind: 'reject' }], comment: 'x'.repeat(200), origin },
        ],
      },
    ],
    sets: [
      { name: objectName('s'), type: ['ipv4_addr'], elements: [{ key: ['1.1.1.1'], origin }] },
    ],
    maps: [],
  };
  const normal = normalizeCompiled(table);
  expect(normal.chains.get('c')?.rules).toEqual([
    {
      text: 'reject',
      statements: [{ kind: 'reject', with: undefined }],
      comment: 'x'.repeat(128),
      source: { kind: 'compiled', origin },
    },
  ]);
  expect(normal.sets.get('s')?.elements).toEqual([
    {
      text: '1.1.1.1',
      key: ['1.1.1.1'],
      data: undefined,
      comment: undefined,
      source: { kind: 'compiled', origin },
    },
  ]);
});

test('a text of another program has no tables', () => {
  expect(normalize('*nat\n')).toEqual([]);
});
