import { expect, test } from 'vitest';
import { isChainOfMode, presentModes } from '../../src/audit/chains-of-mode.ts';
import { iptablesSection } from '../support/sections.ts';

test.for([
  ['KUBE-SERVICES', true, true],
  ['KUBE-MARK-MASQ', true, true],
  ['KUBE-PROXY-CANARY', true, true],
  ['KUBE-SVC-AAAAAAAAAAAAAAAA', true, false],
  ['KUBE-XLB-AAAAAAAAAAAAAAAA', true, false],
  ['KUBE-NODEPORTS', true, false],
  ['KUBE-EXTERNAL-SERVICES', true, false],
  ['KUBE-NODE-PORT', false, true],
  ['KUBE-IPVS-OUT-FILTER', false, true],
  ['KUBE-ROUTER-INPUT', false, false],
  ['PREROUTING', false, false],
] as const)('%s: of iptables mode %s, of ipvs mode %s', ([chain, iptables, ipvs]) => {
  expect(isChainOfMode(chain, 'iptables')).toBe(iptables);
  expect(isChainOfMode(chain, 'ipvs')).toBe(ipvs);
  expect(isChainOfMode(chain, 'nftables')).toBe(false);
});

test('the modes that are there, by what no other makes', () => {
  const nat = (...chains: string[]) =>
    iptablesSection('IPv4 nat', Object.fromEntries(chains.map((chain) => [chain, []])));
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
