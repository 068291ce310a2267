import {
  audit,
  parseSnapshot,
  planCleanup,
  planNode,
  type Mode,
  type PlanCleanupOptions,
} from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { createNodeModel, type NodeModel } from './support/node-model.ts';

const { snapshot } = parseSnapshot(readFixture('dns-udp-tcp').snapshot);

/** A node where kube-proxy ran in one mode after another, and never cleaned up; with what it last wrote. */
function nodeAfter(...modes: readonly Mode[]): NodeModel {
  const node = createNodeModel();
  for (const mode of modes) {
    const { operations } = planNode(snapshot, mode, { files: {} });
    for (const operation of operations) node.run(operation);
  }
  return node;
}

function clean(node: NodeModel, options: PlanCleanupOptions): void {
  const plan = planCleanup('node-a', node.dump(), options);
  for (const operation of plan.operations) node.run(operation, plan.backend);
  const again = planCleanup('node-a', node.dump(), options);
  expect(again.operations).toEqual([]);
  expect(again.fingerprint).toEqual(plan.expected);
}

function isWhole(node: NodeModel, mode: Mode): boolean {
  return audit(snapshot, mode, node.dump()).isWhole;
}

function chainsOf(node: NodeModel): string[] {
  const { 'ipv4.iptables-nft-save': text = '' } = node.dump();
  return [...text.matchAll(/^:(KUBE-\S+) /gm)].map(([, chain = '']) => chain);
}

test.for(['iptables', 'ipvs'] as const)('nftables beside %s: only the tables go', (mode) => {
  const node = nodeAfter(mode, 'nftables');
  const before = node.dump();
  clean(node, { mode: 'nftables' });
  expect(node.dump()).toEqual({ ...before, 'nft-list': '' });
  expect(isWhole(node, mode)).toBe(true);
});

test.for(['iptables', 'ipvs'] as const)('%s beside nftables: all of iptables’ goes', (mode) => {
  const node = nodeAfter('nftables', mode);
  const tables = node.dump()['nft-list'];
  clean(node, { mode });
  expect(chainsOf(node)).toEqual([]);
  expect(node.dump()).toMatchObject({ 'ipset-save': '', 'ipvsadm-save': '', 'nft-list': tables });
  expect(isWhole(node, 'nftables')).toBe(true);
});

test('ipvs left behind beside iptables: sets, servers, the interface and its chains go', () => {
  const node = nodeAfter('ipvs', 'iptables');
  clean(node, { mode: 'ipvs' });
  expect(node.dump()).toMatchObject({ 'ipset-save': '', 'ipvsadm-save': '' });
  expect(node.dump()['ip-addr.json']).not.toContain('kube-ipvs0');
  const chains = chainsOf(node);
  expect(chains).not.toContain('KUBE-NODE-PORT');
  expect(chains).not.toContain('KUBE-IPVS-FILTER');
  expect(chains).toEqual(expect.arrayContaining(['KUBE-SERVICES', 'KUBE-NODEPORTS']));
});

test('iptables left behind beside ipvs: its own chains go, the shared ones stay', () => {
  const node = nodeAfter('iptables', 'ipvs');
  clean(node, { mode: 'iptables' });
  const chains = chainsOf(node);
  expect(chains.filter((chain) => /SVC|SEP|NODEPORTS|EXTERNAL/.test(chain))).toEqual([]);
  expect(chains).toEqual(expect.arrayContaining(['KUBE-SERVICES', 'KUBE-IPVS-FILTER']));
  expect(node.dump()['ipvsadm-save']).toContain('-A -t ');
});

test.for([
  ['iptables', 'ipvs'],
  ['ipvs', 'iptables'],
] as const)('%s, written last, beside what %s left: nothing is in its way', ([mode, other]) => {
  const node = nodeAfter(other, mode);
  clean(node, { mode });
  const texts = Object.values(node.dump()).join('');
  expect(texts).not.toMatch(mode === 'ipvs' ? /--match-set KUBE-/ : /-j KUBE-(?:SVC|SEP|EXT)-/);
});

test('of a mode that is not there nothing goes', () => {
  const node = nodeAfter('iptables');
  expect(planCleanup('node-a', node.dump(), { mode: 'nftables' }).operations).toEqual([]);
  expect(isWhole(node, 'iptables')).toBe(true);
});

test('virtual servers in networks of others stay, and others go', () => {
  const node = nodeAfter('ipvs');
  clean(node, { excludeCIDRs: ['10.96.0.10/32'] });
  const servers = node.dump()['ipvsadm-save'] ?? '';
  expect(servers).toContain('-A -u 10.96.0.10:53');
  expect(
    servers.split('\n').filter((line) => line.startsWith('-A') && !line.includes(' 10.96.0.10:')),
  ).toEqual([]);
  expect(chainsOf(node)).toEqual([]);
});

test('both back ends are cleaned', () => {
  const node = nodeAfter('iptables');
  for (const operation of planNode(snapshot, 'iptables', { files: {} }).operations)
    node.run(operation, 'legacy');
  clean(node, {});
  expect(Object.values(node.dump()).join('')).not.toContain('KUBE-');
});
