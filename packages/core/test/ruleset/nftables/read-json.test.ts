import { expect, test } from 'vitest';
import {
  normalizeParsed,
  parseNftables,
  printNormalTable,
} from '../../../src/ruleset/nftables/index.ts';

const payload = (protocol: string, field: string): object => ({ payload: { protocol, field } });
const mark = { meta: { key: 'mark' } };
const place = { family: 'ip', table: 't' };

function print(objects: readonly unknown[]): string {
  const { document, diagnostics } = parseNftables(JSON.stringify({ nftables: objects }));
  expect(diagnostics).toEqual([]);
  return normalizeParsed(document).map(printNormalTable).join('');
}

function ruleText(...expr: readonly unknown[]): string | undefined {
  const text = print([{ rule: { ...place, chain: 'c', expr } }]);
  return text.split('\n\t')[1]?.trimEnd();
}

test.for<[unknown, string]>([
  [
    {
      match: {
        op: '==',
        left: payload('ip', 'saddr'),
        right: { prefix: { addr: '10.0.0.0', len: 8 } },
      },
    },
    'ip saddr 10.0.0.0/8',
  ],
  [{ match: { op: '!=', left: payload('ip', 'saddr'), right: '@s' } }, 'ip saddr != @s'],
  [
    { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['related', 'established'] } },
    'ct state established,related',
  ],
  [
    {
      match: { op: '==', left: payload('th', 'dport'), right: { set: [443, { range: [80, 90] }] } },
    },
    'th dport { 80-90, 443 }',
  ],
  [{ match: { op: '!=', left: { '&': [mark, 16384] }, right: 0 } }, 'meta mark & 16384 != 0'],
  [
    { match: { op: '==', left: { fib: { result: 'type', flags: ['saddr'] } }, right: 'local' } },
    'fib saddr type local',
  ],
  [{ mangle: { key: mark, value: { '^': [mark, 16384] } } }, 'meta mark set meta mark ^ 16384'],
  [{ mangle: { key: mark, value: 4 } }, 'meta mark set 4'],
  [{ jump: { target: 'd' } }, 'jump d'],
  [{ accept: null }, 'accept'],
  [{ reject: { type: 'icmp', expr: 'port-unreachable' } }, 'reject'],
  [{ reject: { type: 'tcp reset' } }, 'reject with tcp reset'],
  [{ masquerade: null }, 'masquerade'],
  [{ masquerade: { flags: ['random', 'persistent'] } }, 'masquerade persistent random'],
  [
    {
      vmap: { key: { concat: [payload('ip', 'daddr'), { meta: { key: 'l4proto' } }] }, data: '@m' },
    },
    'ip daddr . meta l4proto vmap @m',
  ],
  [
    {
      vmap: {
        key: { numgen: { mode: 'random', mod: 2, offset: 0 } },
        data: {
          set: [
            [1, { drop: null }],
            [0, { goto: { target: 'd' } }],
          ],
        },
      },
    },
    'numgen random mod 2 vmap { 0 : goto d, 1 : drop }',
  ],
  [{ dnat: { addr: '10.0.0.1', port: 80 } }, 'dnat to 10.0.0.1:80'],
  [{ dnat: { addr: 'fd00::1', port: 80, flags: 'random' } }, 'dnat to [fd00::1]:80 random'],
  [{ snat: { addr: '10.0.0.1' } }, 'snat to 10.0.0.1'],
  [
    {
      dnat: {
        family: 'ip',
        addr: {
          map: {
            key: { numgen: { mode: 'random', mod: 1, offset: 3 } },
            data: { set: [[0, { concat: ['10.0.0.1', 80] }]] },
          },
        },
      },
    },
    'dnat ip to numgen random mod 1 offset 3 map { 0 : 10.0.0.1 . 80 }',
  ],
  [
    {
      set: {
        op: 'update',
        elem: { elem: { val: payload('ip', 'saddr'), timeout: 600 } },
        set: '@s',
      },
    },
    'update @s { ip saddr timeout 600s }',
  ],
  [{ set: { op: 'add', elem: payload('ip', 'saddr'), set: '@s' } }, 'add @s { ip saddr }'],
  [
    { limit: { rate: 5, burst: 3, per: 'minute', inv: true } },
    'limit rate over 5/minute burst 3 packets',
  ],
  [{ log: { prefix: 'x' } }, '{"log":{"prefix":"x"}}'],
  [
    { match: { op: '==', left: { osf: {} }, right: 1 } },
    '{"match":{"op":"==","left":{"osf":{}},"right":1}}',
  ],
  [{ reject: 5 }, '{"reject":5}'],
  [null, 'null'],
])('%j is %s', ([statement, text]) => {
  expect(ruleText(statement)).toBe(text);
});

test('a counter changes nothing', () => {
  expect(ruleText({ counter: { packets: 1, bytes: 2 } }, { drop: null })).toBe('drop');
});

test('tables, chains, sets and maps are read as a listing is', () => {
  const json = print([
    { metainfo: {} },
    { table: { family: 'ip', name: 't', handle: 1 } },
    {
      set: {
        ...place,
        name: 's',
        type: ['ipv4_addr', 'inet_service'],
        flags: ['timeout'],
        size: 5,
        timeout: 60,
        comment: 'why',
        elem: [
          { concat: ['1.1.1.1', 80] },
          { elem: { val: { concat: ['1.1.1.1', 79] }, comment: 'x' } },
        ],
      },
    },
    {
      map: {
        ...place,
        name: 'm',
        type: 'mark',
        map: 'ipv4_addr . inet_service',
        elem: [[5, { concat: ['1.1.1.1', 80] }]],
      },
    },
    {
      map: {
        ...place,
        name: 'v',
        type: 'mark',
        map: 'verdict',
        elem: [[{ elem: { val: 5, comment: 'x' } }, { drop: null }]],
      },
    },
    {
      chain: { ...place, name: 'c', type: 'nat', hook: 'prerouting', prio: -100, policy: 'accept' },
    },
    {
      chain: {
        family: 'netdev',
        table: 'n',
        name: 'i',
        type: 'filter',
        hook: 'ingress',
        dev: 'lo',
        prio: 0,
      },
    },
    { rule: { ...place, chain: 'c', handle: 5, comment: 'because', expr: [{ drop: null }] } },
    { flowtable: { ...place, name: 'f' } },
    { rule: { chain: 'c' } },
    'nonsense',
  ]);
  const listing = normalizeParsed(
    parseNftables(`table ip t {
	set s {
		type ipv4_addr . inet_service
		size 5
		flags timeout
		timeout 1m
		comment "why"
		elements = { 1.1.1.1 . 79 comment "x", 1.1.1.1 . 80 }
	}
	map m {
		type mark : ipv4_addr . inet_service
		elements = { 0x00000005 : 1.1.1.1 . 80 }
	}
	map v {
		type mark : verdict
		elements = { 0x00000005 comment "x" : drop }
	}
	chain c {
		type nat hook prerouting priority dstnat; policy accept;
		drop comment "because"
	}
}
table netdev n {
	chain i {
		type filter hook ingress device "lo" priority filter; policy accept;
	}
}
`).document,
  );
  expect(json).toBe(listing.map(printNormalTable).join(''));
});

test('what is read of JSON knows its place in the list', () => {
  const { document } = parseNftables(
    JSON.stringify({
      nftables: [
        { table: { family: 'ip', name: 't' } },
        { rule: { ...place, chain: 'c', expr: [] } },
      ],
    }),
  );
  const [table] = normalizeParsed(document);
  expect(table?.source).toEqual({ kind: 'json', index: 0 });
  expect(table?.chains.get('c')?.rules[0]?.source).toEqual({ kind: 'json', index: 1 });
});
