import {
  audit,
  parseSnapshot,
  planNode,
  planUndo,
  type Backend,
  type Mode,
  type NodePlan,
  type Operation,
} from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { createNodeModel, type NodeModel } from './support/node-model.ts';

const { snapshot } = parseSnapshot(readFixture('dns-udp-tcp').snapshot);

function runAll(node: NodeModel, steps: readonly Operation[], backend?: Backend): void {
  for (const step of steps) node.run(step, backend);
}

function planOn(node: NodeModel): NodePlan {
  return planNode(snapshot, 'iptables', { files: node.dump() });
}

/** A node with kube-proxy's rules in these back ends. */
function nodeWith(...backends: readonly Backend[]): NodeModel {
  const node = createNodeModel();
  const { operations } = planOn(createNodeModel());
  for (const backend of backends) runAll(node, operations, backend);
  return node;
}

test('rules in the legacy back end go when nft’s is the node’s, and undo brings both back', () => {
  const node = nodeWith('nft', 'legacy');
  const before = node.dump();
  const plan = planOn(node);
  expect(plan.backend).toBe('nft');
  expect(plan.operations.map((one) => 'backend' in one && one.backend)).toEqual([
    'legacy',
    'legacy',
  ]);
  expect(plan.summary.toRemove).toBeGreaterThan(10);
  runAll(node, plan.operations, plan.backend);
  const after = node.dump();
  expect(after['ipv4.iptables-legacy-save']).not.toContain('KUBE-');
  expect(after['ipv6.iptables-legacy-save']).not.toContain('KUBE-');
  expect(after['ipv4.iptables-nft-save']).toBe(before['ipv4.iptables-nft-save']);
  expect(audit(snapshot, 'iptables', after).isWhole).toBe(true);
  const again = planOn(node);
  expect(again.operations).toEqual([]);
  expect(again.fingerprint).toEqual(plan.expected);
  runAll(node, planUndo(after, before), plan.backend);
  expect(planOn(node).fingerprint).toEqual(plan.fingerprint);
  expect(planUndo(node.dump(), before)).toEqual([]);
});

test('a node whose rules are legacy’s keeps that back end', () => {
  const node = nodeWith('legacy');
  const plan = planOn(node);
  expect(plan).toMatchObject({ backend: 'legacy', operations: [] });
});

test('from both back ends to ipvs and nftables mode nothing of iptables mode stays in either', () => {
  for (const mode of ['ipvs', 'nftables'] as const) {
    const node = nodeWith('nft', 'legacy');
    const plan = planNode(snapshot, mode, { files: node.dump() });
    runAll(node, plan.operations, plan.backend);
    expect(audit(snapshot, mode, node.dump()).isWhole).toBe(true);
    expect(node.dump()['ipv4.iptables-legacy-save']).not.toContain('KUBE-');
    expect(planNode(snapshot, mode, { files: node.dump() }).operations).toEqual([]);
  }
});

const most = 'net.netfilter.nf_conntrack_max';
const hashSize = '/sys/module/nf_conntrack/parameters/hashsize';

function planSettings(sysctls: Readonly<Record<string, string>>, fixedSysctls: readonly string[]) {
  const node = nodeWith('nft');
  return planNode(snapshot, 'iptables', { files: node.dump(), sysctls, fixedSysctls, cpus: 4 });
}

test('kernel settings that cannot be written are named, not planned: there is nothing to do', () => {
  const sysctls = { [most]: '65536', [hashSize]: '16384' };
  const plan = planSettings(sysctls, [most, hashSize]);
  expect(plan.operations).toEqual([]);
  expect(plan.fixedSysctls).toEqual([
    { kind: 'sysctl', name: most, value: '131072', former: '65536' },
    { kind: 'sysctl', name: hashSize, value: '32768', former: '16384' },
  ]);
  const partly = planSettings(sysctls, [hashSize]);
  expect(partly.operations).toEqual([
    { kind: 'sysctl', name: most, value: '131072', former: '65536' },
  ]);
  expect(partly.fixedSysctls).toEqual([plan.fixedSysctls?.[1]]);
});

test('a setting that is right is not named, writable or not', () => {
  const plan = planSettings({ [most]: '131072', [hashSize]: '65536' }, [most, hashSize]);
  expect(plan.operations).toEqual([]);
  expect(plan.fixedSysctls).toBeUndefined();
});

/** The planned settings of IPVS. */
function plannedSettings(mode: Mode, sysctls?: Readonly<Record<string, string>>): string[] {
  const { operations } = planNode(snapshot, mode, { files: {}, ...(sysctls && { sysctls }) });
  return operations.flatMap((one) =>
    one.kind === 'sysctl' && one.name.startsWith('net.ipv4.vs.')
      ? [`${one.name} ${one.value}`]
      : [],
  );
}

test('settings of IPVS are planned although its module is not loaded yet', () => {
  const planned = plannedSettings('ipvs', { 'net.ipv4.ip_forward': '1' });
  expect(planned).toContain('net.ipv4.vs.conntrack 1');
  expect(planned).toContain('net.ipv4.vs.expire_nodest_conn 1');
  expect(plannedSettings('iptables', { 'net.ipv4.ip_forward': '1' })).toEqual([]);
});

test('where the module is loaded, those that the kernel lacks are not', () => {
  const sysctls = { 'net.ipv4.vs.conntrack': '0', 'net.ipv4.vs.expire_nodest_conn': '1' };
  expect(plannedSettings('ipvs', sysctls)).toEqual(['net.ipv4.vs.conntrack 1']);
});

test('without the present values none is planned', () => {
  expect(plannedSettings('ipvs')).toEqual([]);
});
