import { expect, test } from 'vitest';
import { fatesOf, fromNode, iptables, outcomesOf, toNode, toPod } from '../../support/trace.ts';

const passed = '1 accepted 192.0.2.11:80 from 192.0.2.100';

test.for<[string, readonly string[], readonly string[]]>([
  ['ACCEPT ends the chain', ['-j ACCEPT', '-j DROP'], [passed]],
  ['RETURN in a built-in chain leaves it to the policy', ['-j RETURN', '-j DROP'], [passed]],
  ['a rule without a target only counts', ['-p tcp', '-j DROP'], ['1 dropped 192.0.2.11:80']],
  ['LOG takes notes', ['-j LOG --log-prefix "x y"', '-j DROP'], ['1 dropped 192.0.2.11:80']],
  [
    'a mark is seen by later rules',
    ['-j MARK --set-xmark 0x4000/0x4000', '-m mark --mark 0x4000/0x4000 -j DROP'],
    ['1 dropped 192.0.2.11:80'],
  ],
  [
    'a mark is turned over',
    ['-j MARK --set-xmark 0x6/0x0', '-j MARK --set-xmark 0x2/0x0', '-m mark --mark 0x4 -j DROP'],
    ['1 dropped 192.0.2.11:80'],
  ],
  [
    'a mark is kept with the connection',
    [
      '-j MARK --set-xmark 0x4/0x4',
      '-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff',
      '-m connmark --mark 0x4 -j DROP',
    ],
    ['1 dropped 192.0.2.11:80'],
  ],
  [
    'the mark of the connection comes back',
    [
      '-j CONNMARK --set-xmark 0x8/0xffffffff',
      '-j CONNMARK --restore-mark',
      '-m mark --mark 0x8 -j DROP',
    ],
    ['1 dropped 192.0.2.11:80'],
  ],
  ['REJECT answers with ICMP', ['-j REJECT'], ['1 rejected 192.0.2.11:80 icmp-port-unreachable']],
  [
    'REJECT answers with a reset',
    ['-p tcp -j REJECT --reject-with tcp-reset'],
    ['1 rejected 192.0.2.11:80 tcp-reset'],
  ],
  [
    'what is not known to do is told',
    ['-j NFQUEUE --queue-num 0'],
    ['1 unknown 192.0.2.11:80 (target -j NFQUEUE --queue-num 0)'],
  ],
])('%s', ([, rules, fates]) => {
  expect(fatesOf(iptables(rules.map((rule) => `-A INPUT ${rule}`)), toNode)).toEqual(fates);
});

test('a chain that ends goes back, and one that was entered by goto goes back further', () => {
  const jumped = [
    '-A INPUT -j A',
    '-A INPUT -j DROP',
    '-A A -j B',
    '-A A -j ACCEPT',
    '-A B -p udp',
  ];
  expect(fatesOf(iptables(jumped, 'filter'), toNode)).toEqual([passed]);
  const gone = jumped.map((line) => line.replace('-A A -j B', '-A A -g B'));
  expect(fatesOf(iptables(gone, 'filter'), toNode)).toEqual(['1 dropped 192.0.2.11:80']);
});

test('the policy of a built-in chain decides at its end', () => {
  const files = { 'ipv4.iptables-save': '*filter\n:INPUT DROP [0:0]\nCOMMIT\n' };
  const [outcome] = outcomesOf(files, toNode);
  expect(outcome?.verdict).toBe('dropped');
  expect(outcome?.path.at(-1)).toEqual({
    kind: 'policy',
    tool: 'iptables',
    hook: 'input',
    table: 'filter',
    chain: 'INPUT',
    policy: 'DROP',
  });
});

test.for<[string, string, readonly string[]]>([
  [
    'an address and a port',
    'DNAT --to-destination 10.244.1.5:8080',
    ['1 delivered 10.244.1.5:8080 from 192.0.2.100'],
  ],
  [
    'an address',
    'DNAT --to-destination 10.244.1.5',
    ['1 delivered 10.244.1.5:80 from 192.0.2.100'],
  ],
  [
    'a range of addresses',
    'DNAT --to-destination 10.244.1.5-10.244.1.6:8080',
    [
      '0.5 delivered 10.244.1.5:8080 from 192.0.2.100',
      '0.5 delivered 10.244.1.6:8080 from 192.0.2.100',
    ],
  ],
  [
    'a range of ports',
    'DNAT --to-destination 10.244.1.5:8080-8081',
    [
      '0.5 delivered 10.244.1.5:8080 from 192.0.2.100',
      '0.5 delivered 10.244.1.5:8081 from 192.0.2.100',
    ],
  ],
  [
    'a redirection to the node',
    'REDIRECT --to-ports 8080',
    ['1 delivered 192.0.2.11:8080 from 192.0.2.100'],
  ],
  [
    'a range without end',
    'DNAT --to-destination 10.0.0.1-10.255.0.1',
    ['1 unknown 10.244.1.12:80 (10.0.0.1-10.255.0.1)'],
  ],
])('NAT to %s', ([, target, fates]) => {
  const rules = ['-A PREROUTING -p tcp -j ' + target];
  expect(fatesOf(iptables(rules), toPod)).toEqual(fates);
});

test('the first rule of NAT binds a connection, and IPv6 is written in brackets', () => {
  const files = {
    'ipv6.ip6tables-save':
      '*nat\n-A PREROUTING -p tcp -j DNAT --to-destination [fd00:10:244:1::5]:8080\n-A PREROUTING -j DNAT --to-destination ::1\nCOMMIT\n',
  };
  const packet = { ...toNode, source: '2001:db8:1::100', destination: '2001:db8:1::11' };
  expect(fatesOf(files, packet)).toEqual([
    '1 delivered [fd00:10:244:1::5]:8080 from 2001:db8:1::100',
  ]);
});

test("masquerading puts in the node's address toward the endpoint", () => {
  const rules = ['-A POSTROUTING -j MASQUERADE --random-fully'];
  expect(fatesOf(iptables(rules), toPod)).toEqual([
    '1 accepted 10.244.1.12:80 from 10.244.1.1 masqueraded',
  ]);
  expect(fatesOf(iptables(rules), { ...toPod, destination: '10.244.2.12' })).toEqual([
    '1 accepted 10.244.2.12:80 from 192.0.2.11 masqueraded',
  ]);
});

test('where no address of the node is known, nor is the source', () => {
  const [outcome] = outcomesOf(iptables(['-A POSTROUTING -j MASQUERADE']), toPod, {});
  expect(outcome).toMatchObject({ verdict: 'accepted', source: null, masqueraded: true });
});

test('SNAT puts in the address that is told', () => {
  expect(
    fatesOf(iptables(['-A POSTROUTING -s 192.0.2.0/24 -j SNAT --to-source 198.51.100.1']), toPod),
  ).toEqual(['1 accepted 10.244.1.12:80 from 198.51.100.1 masqueraded']);
});

test('what is not tracked has no state, and no NAT', () => {
  const files = {
    'ipv4.iptables-save': [
      '*raw',
      '-A PREROUTING -j CT --notrack',
      'COMMIT',
      '*nat',
      '-A PREROUTING -j DNAT --to-destination 10.244.1.5',
      'COMMIT',
      '*filter',
      '-A FORWARD -m conntrack --ctstate NEW -j DROP',
      '-A FORWARD -m conntrack --ctstate UNTRACKED -j ACCEPT',
      'COMMIT',
      '',
    ].join('\n'),
  };
  expect(fatesOf(files, toPod)).toEqual(['1 accepted 10.244.1.12:80 from 192.0.2.100']);
});

test('tables are asked in the order of netfilter, whatever order a text has', () => {
  const files = {
    'ipv4.iptables-save':
      '*filter\n-A INPUT -m mark --mark 0x1 -j DROP\nCOMMIT\n*mangle\n-A INPUT -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n',
  };
  expect(fatesOf(files, toNode)).toEqual(['1 dropped 192.0.2.11:80']);
});

test('the rules of both implementations of iptables are asked', () => {
  const files = {
    'ipv4.iptables-nft-save': '*filter\n-A INPUT -j ACCEPT\nCOMMIT\n',
    'ipv4.iptables-legacy-save': '*filter\n-A INPUT -j DROP\nCOMMIT\n',
  };
  expect(fatesOf(files, toNode)).toEqual(['1 dropped 192.0.2.11:80']);
});

test('a process of the node is asked in OUTPUT, and its packets to itself in INPUT, too', () => {
  const rules = iptables(['-A OUTPUT -d 192.0.2.100/32 -j REJECT', '-A INPUT -i lo -j DROP']);
  expect(fatesOf(rules, fromNode)).toEqual(['1 rejected 192.0.2.100:80 icmp-port-unreachable']);
  expect(fatesOf(rules, { ...fromNode, destination: '192.0.2.11' })).toEqual([
    '1 dropped 192.0.2.11:80',
  ]);
});
