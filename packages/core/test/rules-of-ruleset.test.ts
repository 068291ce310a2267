import { expect, test } from 'vitest';
import { compile, modes, rulesOfRuleset } from '../src/index.ts';
import { auditedNode } from './support/audited-node.ts';

const { snapshot } = auditedNode('dual-stack', 'iptables');
const tables = [
  'iptables IPv4 filter',
  'iptables IPv4 nat',
  'iptables IPv6 filter',
  'iptables IPv6 nat',
];
const sections = {
  iptables: tables,
  ipvs: ['addresses kube-ipvs0', 'ipset', ...tables, 'ipvs'],
  userspace: [...tables, 'listeners IPv4', 'listeners IPv6'],
  nftables: ['nftables ip kube-proxy', 'nftables ip6 kube-proxy'],
};

test.for(modes)('%s mode: sections by name', (mode) => {
  const rules = rulesOfRuleset(compile(snapshot, mode));
  expect(rules.map(({ name }) => name)).toEqual(sections[mode]);
});

test('what the families share is one section, and each rule knows why it is there', () => {
  const rules = rulesOfRuleset(compile(snapshot, 'ipvs'));
  const [addresses] = rules.find(({ kind }) => kind === 'addresses')?.groups ?? [];
  expect(addresses?.entries.map(({ text }) => text)).toEqual(['10.96.0.10', 'fd00:10:96::10']);
  const items = rules.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
  expect(items.length).toBeGreaterThan(20);
  expect(items.filter(({ origin }) => origin === undefined)).toEqual([]);
});
