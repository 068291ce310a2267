import { expect, test } from 'vitest';
import type { NftablesBase } from '../../../../src/proxier/nftables/shared/base.ts';
import { fastBaseChains } from '../../../../src/proxier/nftables/fast/base-chains.ts';
import { nftablesBaseOf, printChainRules } from '../../../support/nftables.ts';

/** The rules of the chains whose names begin so. */
function rulesOf(start: string, fields: Partial<NftablesBase> = {}): string[] {
  return printChainRules(fastBaseChains(nftablesBaseOf(fields))).filter((line) =>
    line.startsWith(start),
  );
}

test('the chains of every node, and four for traffic from outside', () => {
  const names = fastBaseChains(nftablesBaseOf()).map(({ name }) => name);
  expect(names).toHaveLength(19);
  expect(names.slice(-4)).toEqual([
    'external',
    'external-local',
    'external-nodeport',
    'external-local-nodeport',
  ]);
  expect(new Set(names).size).toBe(19);
});

const key = 'ip daddr . meta l4proto . th dport';

test('source ranges are checked in two sets', () => {
  expect(rulesOf('firewall-check')).toEqual([
    `firewall-check ${key} @firewall-ips ${key} . ip saddr != @firewall-sources drop`,
  ]);
});

test('traffic from outside, by policy', () => {
  expect(rulesOf('external')).toEqual([
    'external mark set mark or 0x00004000 comment "masquerade"',
    `external ${key} vmap @external-ips`,
    `external-local ip saddr 10.0.0.0/8 ${key} vmap @external-ips comment "short-circuit pod traffic"`,
    'external-local fib saddr type local goto external comment "masquerade and short-circuit local traffic"',
    `external-local ${key} vmap @local-ips`,
    'external-nodeport mark set mark or 0x00004000 comment "masquerade"',
    'external-nodeport meta l4proto . th dport vmap @external-nodeports',
    'external-local-nodeport ip saddr 10.0.0.0/8 meta l4proto . th dport vmap @external-nodeports comment "short-circuit pod traffic"',
    'external-local-nodeport fib saddr type local goto external-nodeport comment "masquerade and short-circuit local traffic"',
    'external-local-nodeport meta l4proto . th dport vmap @local-nodeports',
  ]);
});

test('pods are told by an interface, or not at all', () => {
  const bridge = { kind: 'bridgeInterface', name: 'cni0' } as const;
  expect(rulesOf('external-local ', { detector: bridge })[0]).toBe(
    `external-local iifname cni0 ${key} vmap @external-ips comment "short-circuit pod traffic"`,
  );
  expect(rulesOf('external-local ', { detector: undefined })).toHaveLength(2);
});

test('in IPv6 they are the same, of that family; the mark is the configured one', () => {
  const detector = { kind: 'cidr', cidr: 'fd00::/8' } as const;
  const ipv6 = rulesOf('', { family: 'IPv6', detector, masqueradeMark: 2 ** 31 });
  expect(ipv6).toEqual(
    rulesOf('').map((line) =>
      line
        .replaceAll(/ip (?=[sd]addr)/g, 'ip6 ')
        .replace('10.0.0.0/8', 'fd00::/8')
        .replaceAll('0x00004000', '0x80000000'),
    ),
  );
});
