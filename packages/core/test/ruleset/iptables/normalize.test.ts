import { expect, test } from 'vitest';
import type { Family } from '../../../src/netaddr/family.ts';
import {
  normalizeCompiled,
  normalizeSaved,
  type NormalRule,
  type NormalRuleset,
} from '../../../src/ruleset/iptables/index.ts';
import { parseJumps } from '../../../src/ruleset/iptables/parse-jumps.ts';
import { parseIptables } from '../../../src/ruleset/iptables/parse-save.ts';
import { printJumps } from '../../../src/ruleset/iptables/print-jumps.ts';
import { printRestore } from '../../../src/ruleset/iptables/print-restore.ts';
import { printSave } from '../../../src/ruleset/iptables/print-save.ts';
import { document, jumps, ruleOf } from '../../support/rules.ts';

function read(text: string, family: Family = 'IPv4'): NormalRuleset {
  const { document, diagnostics } = parseIptables(text);
  expect(diagnostics).toEqual([]);
  return normalizeSaved(document, family);
}

function rule(specification: string, family: Family = 'IPv4'): NormalRule {
  const ruleset = read(`*filter\n:A - [0:0]\n-A A${specification}\nCOMMIT\n`, family);
  const first = ruleset.tables.get('filter')?.chains.get('A')?.rules[0];
  if (!first) throw new Error(`no rule: ${specification}`);
  return first;
}

/** What was written, and what iptables-save 1.8.9 showed of it after the kernel had it. */
const shown: readonly (readonly [family: Family, written: string, shown: string])[] = [
  ['IPv4', ' -s 10.1.2.3/255.255.0.0 -j B', ' -s 10.1.0.0/16 -j B'],
  ['IPv4', ' -s 10.1.2.3/8 ! -d 10.0.0.1 -g B', ' -s 10.0.0.0/8 ! -d 10.0.0.1/32 -g B'],
  ['IPv4', ' -s 0.0.0.0/0 -p all -j ACCEPT', ' -j ACCEPT'],
  [
    'IPv4',
    ' -p tcp -m tcp --dport 80 --sport :1024 -j REJECT --reject-with tcp-rst',
    ' -p tcp -m tcp --sport 0:1024 --dport 80 -j REJECT --reject-with tcp-reset',
  ],
  ['IPv4', ' -j REJECT', ' -j REJECT --reject-with icmp-port-unreachable'],
  ['IPv6', ' -j REJECT', ' -j REJECT --reject-with icmp6-port-unreachable'],
  ['IPv6', ' -j REJECT --reject-with no-route', ' -j REJECT --reject-with icmp6-no-route'],
  ['IPv4', ' -j MARK --set-mark 0x10', ' -j MARK --set-xmark 0x10/0xffffffff'],
  ['IPv4', ' -j MARK --and-mark 0xf0', ' -j MARK --set-xmark 0x0/0xffffff0f'],
  ['IPv4', ' -j MARK --or-mark 16', ' -j MARK --set-xmark 0x10/0x10'],
  ['IPv4', ' -j MARK --xor-mark 0x8000', ' -j MARK --set-xmark 0x8000/0x0'],
  ['IPv4', ' -j MARK --set-xmark 1', ' -j MARK --set-xmark 0x1/0xffffffff'],
  ['IPv4', ' -m mark --mark 5 -j DROP', ' -m mark --mark 0x5 -j DROP'],
  ['IPv4', ' -m mark ! --mark 0x8/010', ' -m mark ! --mark 0x8/0x8'],
  ['IPv4', ' -m conntrack --ctstate DNAT,NEW', ' -m conntrack --ctstate NEW,DNAT'],
  [
    'IPv4',
    ' -m statistic --mode random --probability 0.3333333333',
    ' -m statistic --mode random --probability 0.33333333349',
  ],
  [
    'IPv4',
    ' -m recent --name foo --rcheck --rdest --reap --seconds 5',
    ' -m recent --rcheck --seconds 5 --reap --name foo --mask 255.255.255.255 --rdest',
  ],
  [
    'IPv6',
    ' -m recent --set',
    ' -m recent --set --name DEFAULT --mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource',
  ],
  [
    'IPv4',
    ' -m udp ! --dport 53 -p UDP -i eth+ ! -o lo',
    ' -i eth+ ! -o lo -p udp -m udp ! --dport 53',
  ],
  ['IPv4', ' -p tcp --syn', ' -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN'],
  ['IPv4', ' -p 89 -j ACCEPT', ' -p ospf -j ACCEPT'],
  ['IPv6', ' -s fd00::1 -d fd00:0:0::2/64', ' -s fd00::1/128 -d fd00::/64'],
  ['IPv6', ' -s ::/0 ! -d ::1 -p icmpv6', ' ! -d ::1/128 -p ipv6-icmp'],
  ['IPv6', ' -d FD00::ABCD/ffff:ffff:: -j ACCEPT', ' -d fd00::/32 -j ACCEPT'],
  ['IPv6', ' -d 1:2:3:4:5:6:0:8', ' -d 1:2:3:4:5:6:0:8/128'],
  [
    'IPv6',
    ' -p tcp -j DNAT --to-destination [FD00::0:1]:80',
    ' -p tcp -j DNAT --to-destination [fd00::1]:80',
  ],
  [
    'IPv4',
    ' -p tcp -j DNAT --to-destination 10.0.0.1',
    ' -p tcp -j DNAT --to-destination 10.0.0.1',
  ],
  ['IPv4', ' -j DNAT --to-destination 10.0.0.1:80-90', ' -j DNAT --to-destination 10.0.0.1:80-90'],
  ['IPv4', ' -j LOG --log-prefix "a b "', ' -j LOG --log-prefix "a b "'],
];

test.for(shown)('%s:%s is what%s is', ([family, written, shown]) => {
  expect(rule(written, family).text).toBe(`-A A${shown}`);
  expect(rule(shown, family)).toEqual({ ...rule(written, family) });
});

test.for<readonly [one: string, other: string]>([
  [' -m state --state ESTABLISHED,RELATED', ' -m conntrack --ctstate RELATED,ESTABLISHED'],
  [
    ' -p tcp -m tcp --dport 80 -m comment --comment x',
    ' -p tcp -m comment --comment "x" --dport 80',
  ],
  [
    ' -m tcp -p tcp -j DNAT --to-destination 10.0.0.1:1',
    ' -p tcp -j DNAT --to-destination 10.0.0.1:1',
  ],
  [' -m comment --comment "it\'s" ', ' -m comment  --comment "it\\\'s"'],
  [' -j ACCEPT -s 10.0.0.1', ' --source 10.0.0.1/32 --jump ACCEPT'],
  [' --dport=80', ' --dport=80'],
])('%s is the same as%s', ([one, other]) => {
  expect(rule(one).text).toBe(rule(other).text);
});

test('what a tracer needs is data', () => {
  const one = rule(
    ' ! -s 10.0.0.0/8 -d 10.96.0.10 -p tcp -m comment --comment "a b" -m set --match-set S dst,src -m statistic --mode random --probability 0.5 -m physdev ! --physdev-is-in -m ipvs --vaddr 10.0.0.1/32 --vproto 6 --vport 80 -m tcp --dport 53 -j DNAT --to-destination 10.0.0.1:53',
  );
  expect(one.matches).toEqual([
    {
      kind: 'source',
      cidr: { family: 'IPv4', address: [10, 0, 0, 0], prefixLength: 8 },
      inverted: true,
    },
    {
      kind: 'destination',
      cidr: { family: 'IPv4', address: [10, 96, 0, 10], prefixLength: 32 },
    },
    { kind: 'protocol', protocol: 'tcp' },
    { kind: 'comment', text: 'a b' },
    { kind: 'set', name: 'S', fields: ['dst', 'src'] },
    { kind: 'statistic', threshold: 2 ** 30 },
    { kind: 'physdevIsIn', inverted: true },
    {
      kind: 'ipvs',
      cidr: { family: 'IPv4', address: [10, 0, 0, 1], prefixLength: 32 },
      protocol: 'tcp',
      port: 80,
    },
    { kind: 'destinationPort', first: 53, last: 53 },
  ]);
  expect(one.target).toEqual({ kind: 'DNAT', address: '10.0.0.1', port: 53 });
  expect(one.comment).toBe('a b');
  expect(one.source).toEqual({ kind: 'saved', offset: 19 });
});

test.for([
  ' -s 10.0.0.1,10.0.0.2',
  ' -s host',
  ' -s 10.0.0.0/255.0.255.0',
  ' -s fd00::1',
  ' -m mark --mark 0x1/2/3',
  ' -m mark --mark 4294967296',
  ' -p tcp -m tcp --dport http',
  ' -m statistic --mode random --probability 1.5',
  ' -m statistic --mode nth --every 3 --packet 0',
  ' -j MARK --set-xmark x',
  ' -m ipvs --vaddr x --vproto tcp --vport 1',
])('%s is kept word for word', (specification) => {
  expect(rule(specification).text).toBe(`-A A${specification}`);
});

test('idle built-in chains and empty tables have no part, other chains and policies do', () => {
  const { tables } = read(
    '*mangle\n:INPUT ACCEPT [1:2]\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:OUTPUT - [0:0]\n:A - [0:0]\nCOMMIT\n',
  );
  expect([...tables.keys()]).toEqual(['filter']);
  expect([...(tables.get('filter')?.chains.values() ?? [])]).toEqual([
    { name: 'INPUT', policy: 'DROP', rules: [] },
    { name: 'A', rules: [] },
  ]);
});

test('a chain that is declared again is emptied, one that is not declared is made', () => {
  const { tables } = read(
    '*nat\n:A - [0:0]\n-A A -j DROP\n-A B -j DROP\n-A INPUT -j DROP\nCOMMIT\n*nat\n:A - [0:0]\n-A A -j ACCEPT\nCOMMIT\n',
  );
  const chains = [...(tables.get('nat')?.chains.values() ?? [])];
  expect(
    chains.map(({ name, policy, rules }) => [name, policy, rules.map(({ text }) => text)]),
  ).toEqual([
    ['A', undefined, ['-A A -j ACCEPT']],
    ['B', undefined, ['-A B -j DROP']],
    ['INPUT', 'ACCEPT', ['-A INPUT -j DROP']],
  ]);
});

test('compiled rules, their two texts and what is read back are the same', () => {
  const compiled = textsOf(normalizeCompiled(document, jumps, 'IPv4'));
  const restored = parseIptables(printRestore(document)).document;
  const steps = parseJumps(printJumps(jumps)).jumps;
  expect(textsOf(normalizeSaved(restored, 'IPv4', steps))).toEqual(compiled);
  expect(textsOf(read(printSave(document, jumps)))).toEqual(compiled);
  expect(compiled).toEqual({
    filter: {
      INPUT: ['-A INPUT -j OTHER', '-A INPUT -m comment --comment "to mine" -j MINE'],
      MINE: ['-A MINE -m comment --comment "only counts"'],
      OTHER: [],
      OUTPUT: ['-A OUTPUT -j MINE'],
      YOURS: ['-A YOURS -j ACCEPT'],
    },
    nat: { OTHER: [], PREROUTING: ['-A PREROUTING -j OTHER'] },
  });
});

test('a jump that is there is not made again, and a compiled rule knows its origin', () => {
  const [made, prepended] = jumps;
  const ruleset = normalizeCompiled({ tables: [] }, [made!, prepended!, prepended!], 'IPv4');
  expect(ruleset.tables.get('filter')?.chains.get('INPUT')?.rules).toEqual([
    {
      text: '-A INPUT -m comment --comment "to mine" -j MINE',
      matches: [{ kind: 'comment', text: 'to mine' }],
      target: { kind: 'jump', chain: 'MINE' },
      comment: 'to mine',
      source: { kind: 'compiled', origin: ruleOf('INPUT', []).origin },
    },
  ]);
});

function textsOf({ tables }: NormalRuleset): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    [...tables.values()].map(({ name, chains }) => [
      name,
      Object.fromEntries(
        [...chains.values()].map((chain) => [chain.name, chain.rules.map(({ text }) => text)]),
      ),
    ]),
  );
}
