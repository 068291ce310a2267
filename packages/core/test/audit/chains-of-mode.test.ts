import { expect, test } from 'vitest';
import { isChainOfMode, presentModes } from '../../src/audit/chains-of-mode.ts';
import type { Section } from '../../src/diff/node-rules.ts';
import { iptablesSection } from '../support/sections.ts';

test.for([
  ['nat KUBE-SERVICES', true, true],
  ['filter KUBE-SERVICES', true, false],
  ['filter KUBE-FORWARD', true, true],
  ['mangle KUBE-PROXY-CANARY', true, true],
  ['nat KUBE-MARK-MASQ', true, true],
  ['nat KUBE-PROXY-CANARY', true, true],
  ['nat KUBE-SVC-AAAAAAAAAAAAAAAA', true, false],
  ['nat KUBE-XLB-AAAAAAAAAAAAAAAA', true, false],
  ['nat KUBE-NODEPORTS', true, false],
  ['nat KUBE-EXTERNAL-SERVICES', true, false],
  ['nat KUBE-NODE-PORT', false, true],
  ['nat KUBE-IPVS-OUT-FILTER', false, true],
  ['nat KUBE-ROUTER-INPUT', false, false],
  ['nat PREROUTING', false, false],
] as const)('%s: of iptables mode %s, of ipvs mode %s', ([chain, iptables, ipvs]) => {
  expect(isChainOfMode(chain, 'iptables')).toBe(iptables);
  expect(isChainOfMode(chain, 'ipvs')).toBe(ipvs);
  expect(isChainOfMode(chain, 'nftables')).toBe(false);
});

function nat(...chains: string[]): Section {
  return iptablesSection('IPv4 nat', Object.fromEntries(chains.map((chain) => [chain, []])));
}

test('the modes that are there, by what no other makes', () => {
  const table = {
    kind: 'nftables',
    name: 'nftables ip kube-proxy',
    chains: [],
    groups: [],
  } as const;
  expect(presentModes([])).toEqual([]);
  expect(presentModes([nat('KUBE-SERVICES', 'KUBE-POSTROUTING')])).toEqual([]);
  expect(presentModes([nat('KUBE-SERVICES', 'KUBE-NODEPORTS')])).toEqual(['iptables']);
  expect(presentModes([nat('KUBE-LOAD-BALANCER')])).toEqual(['ipvs']);
  expect(presentModes([nat('KUBE-NODE-PORT', 'KUBE-SEP-AAAAAAAAAAAAAAAA'), table])).toEqual([
    'iptables',
    'ipvs',
    'nftables',
  ]);
});
