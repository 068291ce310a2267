import { expect, test } from 'vitest';
import type { NormalStatement } from '../../../src/ruleset/nftables/index.ts';
import { normalizeParsed, parseNftables } from '../../../src/ruleset/nftables/index.ts';
import type { Packet } from '../../../src/index.ts';
import {
  environment,
  fatesOf,
  fromNode,
  outcomesOf,
  toNode,
  toPod,
  type Dumps,
} from '../../support/trace.ts';

/** One chain at a hook, and what else the table has. */
function table(rules: readonly string[], hook = 'input', more = ''): Dumps {
  const type = hook === 'prerouting' || hook === 'postrouting' ? 'nat' : 'filter';
  const lines = rules.map((rule) => `\t\t${rule}`).join('\n');
  return {
    'nft-list': `table ip t {\n${more}\tchain base {\n\t\ttype ${type} hook ${hook} priority 0; policy accept;\n${lines}\n\t}\n}\n`,
  };
}

const passed = '1 accepted 192.0.2.11:80 from 192.0.2.100';
const dropped = '1 dropped 192.0.2.11:80';
const half = ['0.5 accepted 192.0.2.11:80 from 192.0.2.100'];

type Holds = 'yes' | 'no' | 'unknown';

const matches: readonly (readonly [string, Holds, Packet?])[] = [
  ['ip saddr 192.0.2.100', 'yes'],
  ['ip saddr 192.0.2.0/24', 'yes'],
  ['ip saddr != 192.0.2.0/24', 'no'],
  ['ip saddr 192.0.2.90-192.0.2.110', 'yes'],
  ['ip saddr { 10.0.0.0/8, 192.0.2.100 }', 'yes'],
  ['ip saddr { 10.0.0.0/8, 192.0.2.101 }', 'no'],
  ['ip daddr 192.0.2.12', 'no'],
  ['ip6 daddr fd00::1', 'no'],
  ['ip6 daddr != fd00::1', 'no'],
  ['ip protocol tcp', 'yes'],
  ['tcp dport 80', 'yes'],
  ['tcp dport { 22, 80-90 }', 'yes'],
  ['tcp dport > 79', 'yes'],
  ['tcp dport <= 79', 'no'],
  ['udp dport 80', 'no'],
  ['udp dport != 81', 'no'],
  ['th dport 80', 'yes'],
  ['th dport 80', 'no', { source: '192.0.2.100', destination: '192.0.2.11', protocol: 'icmp' }],
  ['tcp sport 1024', 'unknown'],
  ['meta l4proto tcp', 'yes'],
  ['meta l4proto { tcp, udp }', 'yes'],
  ['meta nfproto ipv4', 'yes'],
  ['meta mark 0x00000001', 'yes', { ...toNode, mark: 1 }],
  ['meta mark & 0x00004000 == 0x00004000', 'yes', { ...toNode, mark: 0xc000 }],
  ['meta mark & 0x00004000 != 0x00000000', 'no'],
  ['iifname "eth0"', 'yes'],
  ['iifname "eth*"', 'yes'],
  ['iifname != "eth*"', 'no'],
  ['iifname "cni0"', 'unknown', { ...toNode, source: '10.244.3.1' }],
  ['oifname "eth0"', 'no'],
  ['ct state new', 'yes'],
  ['ct state established,related', 'no'],
  ['ct state != new', 'no'],
  ['ct state { established, new }', 'yes'],
  ['ct state vmap { new : drop, established : accept }', 'yes'],
  ['ct status dnat', 'no'],
  ['ct mark 0x00000001', 'no'],
  ['ct helper "ftp"', 'unknown'],
  ['fib daddr type local', 'yes'],
  ['fib saddr type local', 'no'],
  ['fib saddr type != local', 'yes'],
  ['fib daddr . iif type local', 'yes'],
  ['fib daddr . iif type local', 'no', { ...toNode, inInterface: 'cni0' }],
  ['fib saddr . iif oifname "eth0"', 'yes'],
  ['ip daddr . meta l4proto . th dport { 192.0.2.11 . tcp . 80 }', 'yes'],
  [
    'icmp type echo-request',
    'yes',
    { source: '192.0.2.100', destination: '192.0.2.11', protocol: 'icmp' },
  ],
  ['limit rate 5/minute', 'yes'],
  ['limit rate over 5/minute', 'no'],
  ['tcp flags syn / syn,ack', 'unknown'],
  ['ip dscp 0x10', 'unknown'],
  ['@th,0,16 0x50', 'unknown'],
];

test.for(matches)('%s: %s', ([rule, holds, packet = toNode]) => {
  const fates = fatesOf(table([rule.includes('vmap') ? rule : `${rule} drop`]), packet);
  if (holds === 'yes') expect(fates[0]).toMatch(/^1 dropped/);
  if (holds === 'no') expect(fates[0]).toMatch(/^1 accepted/);
  expect(fates.filter((fate) => fate.startsWith('0.5 '))).toHaveLength(holds === 'unknown' ? 2 : 0);
});

const statements: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['drop', ['drop'], [dropped]],
  ['accept ends the chain', ['accept', 'drop'], [passed]],
  ['return ends it, too', ['return', 'drop'], [passed]],
  ['continue goes on', ['continue', 'drop'], [dropped]],
  ['reject', ['reject'], ['1 rejected 192.0.2.11:80 icmp-port-unreachable']],
  ['reject with a reset', ['reject with tcp reset'], ['1 rejected 192.0.2.11:80 tcp-reset']],
  [
    'reject with an answer',
    ['reject with icmp admin-prohibited'],
    ['1 rejected 192.0.2.11:80 icmp-admin-prohibited'],
  ],
  [
    'counters and logs take notes',
    ['counter packets 1 bytes 2 drop', 'log prefix "x" accept'],
    [dropped],
  ],
  ['a log goes on', ['log prefix "x"', 'drop'], [dropped]],
  [
    'a mark is set',
    ['meta mark set meta mark | 0x00004000', 'meta mark & 0x00004000 == 0x00004000 drop'],
    [dropped],
  ],
  [
    'a mark is turned over',
    [
      'meta mark set 0x00000006',
      'meta mark set meta mark ^ 0x00000002',
      'meta mark 0x00000004 drop',
    ],
    [dropped],
  ],
  [
    'the mark of the connection is set',
    ['ct mark set 0x00000005', 'ct mark 0x00000005 drop'],
    [dropped],
  ],
  [
    'a mark comes from the connection',
    ['ct mark set 0x00000005', 'meta mark set ct mark', 'meta mark 0x00000005 drop'],
    [dropped],
  ],
  [
    'chance by number',
    ['numgen random mod 4 == 0 drop'],
    ['0.75 accepted 192.0.2.11:80 from 192.0.2.100', '0.25 dropped 192.0.2.11:80'],
  ],
  [
    'chance by map',
    ['numgen random mod 2 vmap { 0 : drop, 1 : accept }'],
    [...half, '0.5 dropped 192.0.2.11:80'],
  ],
  [
    'a number that a map does not have leads on',
    ['numgen random mod 2 vmap { 0 : drop }'],
    [...half, '0.5 dropped 192.0.2.11:80'],
  ],
  [
    'a decision in words that are not known is unknown',
    ['jhash ip saddr mod 2 vmap { 0 : drop, 1 : accept }'],
    ['1 unknown 192.0.2.11:80 (jhash ip saddr mod 2 vmap { 0 : drop , 1 : accept })'],
  ],
  [
    'words at the end of a rule may be a decision',
    ['frobnicate 5'],
    [...half, '0.5 unknown 192.0.2.11:80 (frobnicate 5)'],
  ],
  [
    'words before the end of a rule may be a match, which does not matter here',
    ['frobnicate 5 accept'],
    [passed],
  ],
  [
    'what takes packets elsewhere is told',
    ['queue num 0'],
    ['1 unknown 192.0.2.11:80 (queue num 0)'],
  ],
  [
    'a chain that is not there is told',
    ['jump gone'],
    ['1 unknown 192.0.2.11:80 (chain gone, which is not there)'],
  ],
  [
    'a set that is not there is told',
    ['ip saddr @gone drop'],
    [...half, '0.5 unknown 192.0.2.11:80 (ip saddr @gone drop)'],
  ],
];

test.for(statements)('%s', ([, rules, fates]) => {
  expect(fatesOf(table(rules), toNode)).toEqual(fates);
});

const more = [
  '\tset clients {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 192.0.2.0/25 }\n\t}\n',
  '\tset seen {\n\t\ttype ipv4_addr\n\t\tflags dynamic,timeout\n\t\ttimeout 1h\n\t}\n',
  '\tmap ports {\n\t\ttype inet_proto . inet_service : verdict\n\t\telements = { tcp . 80 : goto refused }\n\t}\n',
  '\tmap targets {\n\t\ttype ipv4_addr : ipv4_addr . inet_service\n\t\telements = { 10.244.1.12 : 10.244.1.7 . 8080 }\n\t}\n',
  '\tchain refused {\n\t\treject\n\t}\n',
  '\tchain seen-clients {\n\t\tip saddr @seen drop\n\t\tupdate @seen { ip saddr }\n\t}\n',
].join('');

test('sets and maps are looked into, and the elements are told', () => {
  const [outcome] = outcomesOf(
    table(['ip saddr @clients meta l4proto . th dport vmap @ports'], 'input', more),
    toNode,
  );
  expect(outcome).toMatchObject({ verdict: 'rejected' });
  expect(outcome?.path[1]).toMatchObject({
    chain: 'base',
    number: 1,
    elements: [
      { container: 'clients', text: '192.0.2.0/25' },
      { container: 'ports', text: 'tcp . 80 : goto refused' },
    ],
  });
});

test('a set that packets fill has nobody in it, but who is told to be on record', () => {
  const rules = table(['jump seen-clients'], 'input', more);
  expect(fatesOf(rules, toNode)).toEqual([passed]);
  const recent = [{ list: 'seen', entry: '192.0.2.100' }];
  expect(fatesOf(rules, toNode, { ...environment, recent })).toEqual([dropped]);
});

test.for<[string, string, readonly string[]]>([
  ['dnat to 10.244.1.5:8080', 'prerouting', ['1 delivered 10.244.1.5:8080 from 192.0.2.100']],
  ['dnat to 10.244.1.5', 'prerouting', ['1 delivered 10.244.1.5:80 from 192.0.2.100']],
  ['tcp dport 80 dnat to :8080', 'prerouting', ['1 delivered 10.244.1.12:8080 from 192.0.2.100']],
  [
    'dnat ip addr . port to numgen random mod 2 map { 0 : 10.244.1.5 . 8080, 1 : 10.244.2.5 . 8081 }',
    'prerouting',
    [
      '0.5 delivered 10.244.1.5:8080 from 192.0.2.100',
      '0.5 delivered 10.244.2.5:8081 from 192.0.2.100',
    ],
  ],
  [
    'dnat ip addr . port to ip daddr map @targets',
    'prerouting',
    ['1 delivered 10.244.1.7:8080 from 192.0.2.100'],
  ],
  [
    'dnat ip addr . port to ip saddr map @targets',
    'prerouting',
    ['1 accepted 10.244.1.12:80 from 192.0.2.100'],
  ],
  ['redirect to :8080', 'prerouting', ['1 delivered 192.0.2.11:8080 from 192.0.2.100']],
  ['masquerade', 'postrouting', ['1 accepted 10.244.1.12:80 from 10.244.1.1 masqueraded']],
  [
    'masquerade fully-random',
    'postrouting',
    ['1 accepted 10.244.1.12:80 from 10.244.1.1 masqueraded'],
  ],
  [
    'snat to 198.51.100.1',
    'postrouting',
    ['1 accepted 10.244.1.12:80 from 198.51.100.1 masqueraded'],
  ],
])('%s at %s', ([rule, hook, fates]) => {
  expect(fatesOf(table([rule], hook, more), toPod)).toEqual(fates);
});

test('base chains come by hook and priority, an accept ends its own chain only, a policy counts', () => {
  const text = `table inet a {
	chain late {
		type filter hook input priority 10; policy drop;
		meta mark 0x00000001 accept
	}
	chain early {
		type filter hook input priority filter - 5; policy accept;
		meta mark set 0x00000001 accept
	}
}
table ip6 b {
	chain input {
		type filter hook input priority 0; policy drop;
	}
}
`;
  expect(fatesOf({ 'nft-list': text }, toNode)).toEqual([passed]);
  const unmarked = { 'nft-list': text.replace('meta mark set 0x00000001 accept', 'accept') };
  expect(outcomesOf(unmarked, toNode)[0]?.path.at(-1)).toMatchObject({
    kind: 'policy',
    table: 'inet a',
    chain: 'late',
    policy: 'drop',
  });
});

test("iptables' own tables are not asked twice", () => {
  const files = {
    'ipv4.iptables-nft-save':
      '*filter\n-A INPUT -j MARK --set-xmark 0x1/0x0\n-A INPUT -m mark --mark 0x0 -j DROP\nCOMMIT\n',
    'nft-list':
      'table ip filter {\n\tchain INPUT {\n\t\ttype filter hook input priority filter; policy accept;\n\t\tmeta mark set meta mark ^ 0x00000001\n\t}\n}\n',
  };
  expect(fatesOf(files, toNode)).toEqual([passed]);
});

test('a process of the node has an owner, where it is told', () => {
  const rules = table(['meta skuid 1000 drop'], 'output');
  expect(fatesOf(rules, { ...fromNode, uid: 1000 })).toEqual(['1 dropped 192.0.2.100:80']);
  expect(fatesOf(rules, { ...fromNode, uid: 1 })).toEqual([
    '1 accepted 192.0.2.100:80 from 192.0.2.11',
  ]);
  expect(fatesOf(rules, fromNode)).toHaveLength(2);
});

test('every kind of statement was tried', () => {
  const rules = [...matches, ...statements].flatMap(([first, second]) =>
    typeof second === 'string' ? [`${first} drop`] : [...second],
  );
  const text =
    table(
      [
        ...rules,
        'update @seen { ip saddr }',
        'masquerade',
        'dnat to 10.0.0.1',
        'dnat to ip saddr map @targets',
      ],
      'prerouting',
      more,
    )['nft-list'] ?? '';
  const kinds = new Set(
    normalizeParsed(parseNftables(text).document).flatMap(({ chains }) =>
      [...chains.values()].flatMap(({ rules: own }) =>
        own.flatMap(({ statements: all }) => all.map(({ kind }) => kind)),
      ),
    ),
  );
  const expected: Record<NormalStatement['kind'], true> = {
    match: true,
    verdict: true,
    reject: true,
    mangle: true,
    masquerade: true,
    vmap: true,
    nat: true,
    mapNAT: true,
    update: true,
    limit: true,
    other: true,
  };
  expect([...kinds].toSorted()).toEqual(Object.keys(expected).toSorted());
});
