import { expect, test } from 'vitest';
import { assemble } from '../../../src/proxier/iptables/assemble.ts';
import type { IptablesBase } from '../../../src/proxier/iptables/base.ts';
import { chainName } from '../../../src/ruleset/iptables/index.ts';
import { ruleOf } from '../../support/rules.ts';

const base: IptablesBase = {
  family: 'IPv4',
  masqueradeMark: 0x4000,
  randomFully: true,
  localhostNodePorts: true,
  dropsInvalid: true,
  countsInvalid: false,
  nodePortAddresses: { matchAll: true, containsLoopback: true, addresses: [] },
};

const filterChains = [
  'KUBE-SERVICES',
  'KUBE-EXTERNAL-SERVICES',
  'KUBE-FORWARD',
  'KUBE-NODEPORTS',
  'KUBE-PROXY-FIREWALL',
];
const natChains = ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ'];

function fragment(name: string): Parameters<typeof assemble>[1][number] {
  return {
    filterRules: [ruleOf(`${name}-filter`, [])],
    natChains: [chainName(name)],
    natRules: [ruleOf(name, [])],
  };
}

test('the fragments stand in their order between the rules of every node', () => {
  const { tables } = assemble(base, [fragment('B'), fragment('A')]);
  const [filter, nat] = tables;
  expect(tables.map(({ name }) => name)).toEqual(['filter', 'nat']);
  expect(filter?.chains).toEqual([...filterChains, 'KUBE-FIREWALL']);
  expect(filter?.rules.map(({ chain }) => chain)).toEqual([
    'KUBE-FIREWALL',
    'B-filter',
    'A-filter',
    'KUBE-FORWARD',
    'KUBE-FORWARD',
    'KUBE-FORWARD',
  ]);
  expect(nat?.chains).toEqual([...natChains, 'B', 'A']);
  expect(nat?.rules.map(({ chain }) => chain)).toEqual([
    'KUBE-POSTROUTING',
    'KUBE-POSTROUTING',
    'KUBE-POSTROUTING',
    'KUBE-MARK-MASQ',
    'B',
    'A',
    'KUBE-SERVICES',
  ]);
});

test('KUBE-FIREWALL is declared only where node ports answer on loopback', () => {
  const [filter] = assemble({ ...base, localhostNodePorts: false }, []).tables;
  expect(filter?.chains).toEqual(filterChains);
});
