import { expect, test } from 'vitest';
import {
  baseChains,
  lookUpAddress,
  nodeChains,
  type BaseRule,
  type NftablesBase,
} from '../../../../src/proxier/nftables/shared/base.ts';
import { firewallSources } from '../../../../src/proxier/nftables/fast/objects.ts';
import { containers } from '../../../../src/proxier/nftables/shared/objects.ts';
import { nftablesBaseOf, printChainRules, printChains } from '../../../support/nftables.ts';

function firewallCheck(family: NftablesBase['family'] = 'IPv4'): BaseRule {
  return lookUpAddress(family, containers.firewallIPs);
}

function rulesOf(fields: Partial<NftablesBase> = {}): string[] {
  return printChainRules(baseChains(nftablesBaseOf(fields), firewallCheck(fields.family)));
}

/** The rules of one chain, without its name. */
function rulesIn(chain: string, fields: Partial<NftablesBase> = {}): string[] {
  const own = rulesOf(fields).filter((line) => line.startsWith(`${chain} `));
  return own.map((line) => line.slice(chain.length + 1));
}

test('the kernel calls eight chains; source ranges come before DNAT, endpoints after it', () => {
  const chains = printChains(baseChains(nftablesBaseOf(), firewallCheck()));
  expect(chains.filter((line) => line.includes(' hook '))).toEqual([
    'filter-prerouting-pre-dnat { type filter hook prerouting priority -110 ; }',
    'filter-output-pre-dnat { type filter hook output priority -110 ; }',
    'filter-input { type filter hook input priority 0 ; }',
    'filter-forward { type filter hook forward priority 0 ; }',
    'filter-output { type filter hook output priority 0 ; }',
    'nat-prerouting { type nat hook prerouting priority -100 ; }',
    'nat-output { type nat hook output priority -100 ; }',
    'nat-postrouting { type nat hook postrouting priority 100 ; }',
  ]);
  expect(chains.filter((line) => !line.includes(' hook '))).toEqual([
    'firewall-check',
    'cluster-ips-check',
    'masquerading',
    'reject-chain { comment "helper for @no-endpoint-services / @no-endpoint-nodeports" ; }',
    'service-endpoints-check',
    'nodeport-endpoints-check',
    'services',
  ]);
});

test('the rules of a node', () => {
  expect(rulesOf()).toEqual([
    'filter-prerouting-pre-dnat ct state new jump firewall-check',
    'filter-output-pre-dnat ct state new jump firewall-check',
    'filter-input ct state new jump nodeport-endpoints-check',
    'filter-input ct state new jump service-endpoints-check',
    'filter-forward ct state new jump service-endpoints-check',
    'filter-forward ct state new jump cluster-ips-check',
    'filter-output ct state new jump service-endpoints-check',
    'filter-output ct state new jump cluster-ips-check',
    'nat-prerouting jump services',
    'nat-output jump services',
    'nat-postrouting jump masquerading',
    'firewall-check ip daddr . meta l4proto . th dport vmap @firewall-ips',
    'cluster-ips-check ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"',
    'masquerading mark and 0x00004000 != 0 mark set mark xor 0x00004000 masquerade fully-random',
    'masquerading ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random',
    'reject-chain reject',
    'service-endpoints-check ip daddr . meta l4proto . th dport vmap @no-endpoint-services',
    'nodeport-endpoints-check ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports',
    'services ip daddr @cluster-ips ip saddr != 10.0.0.0/8 mark set mark or 0x00004000 comment "masquerade clusterIP traffic from outside cluster"',
    'services ip daddr . meta l4proto . th dport vmap @service-ips',
    'services ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports',
  ]);
});

test('in IPv6 they are the same, of that family', () => {
  const detector = { kind: 'cidr', cidr: 'fd00::/8' } as const;
  expect(rulesOf({ family: 'IPv6', detector })).toEqual(
    rulesOf().map((line) =>
      line.replaceAll(/ip (?=[sd]addr)/g, 'ip6 ').replace('10.0.0.0/8', 'fd00::/8'),
    ),
  );
});

test.for<['IPv4' | 'IPv6', string]>([
  ['IPv4', 'ip daddr != 127.0.0.0/8'],
  ['IPv6', 'ip6 daddr != ::1'],
])(
  '%s: node ports on every address of the node are on all but loopback',
  ([family, notLoopback]) => {
    const fields = { family, matchAllNodePorts: true, detector: undefined };
    expect(rulesIn('nodeport-endpoints-check', fields)).toEqual([
      `${notLoopback} meta l4proto . th dport vmap @no-endpoint-nodeports`,
    ]);
    expect(rulesIn('services', fields).at(-1)).toBe(
      `fib daddr type local ${notLoopback} meta l4proto . th dport vmap @service-nodeports`,
    );
    expect(rulesOf(fields).join('\n')).not.toContain('@nodeport-ips');
  },
);

const outside = 'masquerade clusterIP traffic from outside cluster';

test.for<[string, Partial<NftablesBase>, readonly string[]]>([
  [
    'what no pod sent',
    {},
    [`ip saddr != 10.0.0.0/8 mark set mark or 0x00004000 comment "${outside}"`],
  ],
  [
    'what comes from no bridge',
    { detector: { kind: 'bridgeInterface', name: 'cni0' } },
    [`iifname != cni0 mark set mark or 0x00004000 comment "${outside}"`],
  ],
  [
    'what comes from no interface of a pod',
    { detector: { kind: 'interfaceNamePrefix', prefix: 'veth' } },
    [`iifname != veth* mark set mark or 0x00004000 comment "${outside}"`],
  ],
  ['nothing without a detector', { detector: undefined }, []],
  [
    'all with masqueradeAll',
    { masqueradeAll: true },
    ['mark set mark or 0x00004000 comment "masquerade all clusterIP traffic"'],
  ],
  [
    'all with masqueradeAll, without a detector',
    { masqueradeAll: true, detector: undefined },
    ['mark set mark or 0x00004000 comment "masquerade all clusterIP traffic"'],
  ],
])('to cluster IPs it masquerades %s', ([, fields, rules]) => {
  expect(rulesIn('services', fields).slice(0, -2)).toEqual(
    rules.map((rule) => `ip daddr @cluster-ips ${rule}`),
  );
});

test('the mark is the configured one, wherever it stands', () => {
  const marked = rulesOf({ masqueradeMark: 2 ** 31 }).filter((line) => line.includes('mark '));
  expect(marked).toHaveLength(2);
  for (const line of marked) expect(line.replaceAll('0x80000000', '')).not.toContain('0x');
});

test('each rule says that every node has it', () => {
  for (const { name, rules } of baseChains(nftablesBaseOf(), firewallCheck())) {
    expect(rules.length).toBeGreaterThan(0);
    for (const { chain, origin } of rules) {
      expect(chain).toBe(name);
      expect(origin).toEqual({ reason: name });
    }
  }
});

test('how source ranges are checked is up to the caller', () => {
  const rules = printChainRules(
    baseChains(nftablesBaseOf(), lookUpAddress('IPv6', firewallSources)),
  );
  expect(rules.filter((line) => line.startsWith('firewall-check '))).toEqual([
    'firewall-check ip6 daddr . meta l4proto . th dport vmap @firewall-sources',
  ]);
});

test('a chain of the node has what it is made of, and nothing else', () => {
  const name = containers.clusterIPs;
  expect(nodeChains([[name, { rules: [{ statements: [{ kind: 'reject' }] }] }]])).toEqual([
    {
      name,
      rules: [{ chain: name, statements: [{ kind: 'reject' }], origin: { reason: name } }],
    },
  ]);
  expect(nodeChains([[name, { comment: 'why', rules: [] }]])).toEqual([
    { name, comment: 'why', rules: [] },
  ]);
});
