import { expect, test } from 'vitest';
import { changeNftables, compile, type Layout, type NftablesRuleset } from '../../../src/index.ts';
import { serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

/** The Service `ns1/svc1` in both families, with these endpoints in IPv4. */
function rulesetOf(layout: Layout, ips: readonly string[]): NftablesRuleset {
  const services = [
    serviceInput({ clusterIPs: ['172.30.0.41', 'fd00:30::41'], ipFamilies: ['IPv4', 'IPv6'] }),
  ];
  const endpoints = ips.map((ip) => ({ addresses: [ip], nodeName: 'node-b' }));
  const snapshot = snapshotOf({ services, endpointSlices: [sliceInput({ endpoints })] });
  return compile(snapshot, 'nftables', { layout });
}

test('nothing to do', () => {
  const ruleset = rulesetOf('fast', ['10.180.0.1']);
  const change = changeNftables(ruleset, ruleset);
  expect(change.scripts).toEqual([]);
  expect(change.result).toEqual(ruleset);
  expect(change.result.ipv4).toBe(ruleset.ipv4);
});

test('in the fast layout an endpoint more is an element, and a chain of a new number', () => {
  const [from, to] = [
    rulesetOf('fast', ['10.180.0.1']),
    rulesetOf('fast', ['10.180.0.1', '10.180.0.2']),
  ];
  const { scripts, result } = changeNftables(from, to);
  expect(scripts).toHaveLength(2);
  expect(scripts.join('').split('\n')).toEqual([
    'add chain ip kube-proxy dispatch-tcp-2',
    'add rule ip kube-proxy dispatch-tcp-2 meta l4proto tcp dnat ip addr . port to ip daddr . tcp dport . numgen random mod 2 map @endpoints-tcp',
    'add rule ip kube-proxy dispatch-tcp-2 goto dispatch-tcp-1',
    'delete element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 }',
    'add element ip kube-proxy endpoints-tcp { 172.30.0.41 . 80 . 1 : 10.180.0.2 . 80 }',
    'add element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 : goto dispatch-tcp-2 }',
    '',
  ]);
  expect(result).toEqual(to);
});

test('a chain that nothing leads to any more stays, is emptied next, and goes after that', () => {
  const from = rulesetOf('fast', ['10.180.0.1', '10.180.0.2']);
  const to = rulesetOf('fast', ['10.180.0.1']);
  const { scripts, result } = changeNftables(from, to);
  expect(scripts.map((script) => script.split('\n'))).toEqual([
    [
      'delete element ip kube-proxy endpoints-tcp { 172.30.0.41 . 80 . 1 }',
      'delete element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 }',
      'add element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 : goto dispatch-tcp-1 }',
      '',
    ],
  ]);
  const left = from.ipv4.table.chains.find(({ name }) => name === 'dispatch-tcp-2');
  expect(result.ipv4.table.chains.at(-1)).toBe(left);
  expect(result.ipv6).toBe(to.ipv6);
  expect({ ...result, ipv4: to.ipv4 }).toEqual(to);
  const next = changeNftables(result, to);
  expect(next.scripts).toEqual(['flush chain ip kube-proxy dispatch-tcp-2\n']);
  expect(changeNftables(next.result, to)).toEqual({
    scripts: ['delete chain ip kube-proxy dispatch-tcp-2\n'],
    result: to,
  });
});

test('in the layout of kube-proxy the chain of the Service is written anew', () => {
  const [from, to] = [
    rulesetOf('kube-proxy', ['10.180.0.1']),
    rulesetOf('kube-proxy', ['10.180.0.2']),
  ];
  const chain = 'service-ULMVA6XW-ns1/svc1/tcp/p80';
  expect(changeNftables(from, to)).toEqual({
    scripts: [
      `flush chain ip kube-proxy ${chain}
add rule ip kube-proxy ${chain} meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 10.180.0.2 . 80 }
`,
    ],
    result: to,
  });
});

test.for<[Layout, Layout, boolean]>([
  ['kube-proxy', 'fast', true],
  ['fast', 'kube-proxy', false],
])('from layout %s to layout %s both tables are replaced', ([before, after, isTogether]) => {
  const to = rulesetOf(after, ['10.180.0.1']);
  const { scripts, result } = changeNftables(rulesetOf(before, ['10.180.0.1']), to);
  const [script = '', ...others] = scripts;
  expect(others).toEqual([]);
  expect(script.match(/^(?:add|delete) table.*$/gm)).toEqual(
    ['ip', 'ip6'].flatMap((ip) => [
      `add table ${ip} kube-proxy`,
      `delete table ${ip} kube-proxy`,
      `add table ${ip} kube-proxy { comment "rules for kube-proxy" ; }`,
    ]),
  );
  expect(script.includes('cluster-ips {\n172.30.0.41,\n}')).toBe(isTogether);
  expect(result).toEqual(to);
});
