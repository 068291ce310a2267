import { expect, test } from 'vitest';
import { isLastJump, isOwnChain } from '../../src/audit/ownership.ts';
import type { NodeRules } from '../../src/index.ts';
import { planIptables } from '../../src/plan/plan-iptables.ts';
import { iptablesSection, type Chains } from '../support/sections.ts';

function plan(from: NodeRules, to: NodeRules): string[] {
  return planIptables(from, to, { isOwnChain, isLastJump }).flatMap((operation) =>
    operation.kind === 'iptables' ? [`${operation.family}\n${operation.input}`] : [],
  );
}

const nat = (chains: Chains) => iptablesSection('IPv4 nat', chains);
const filter = (chains: Chains) => iptablesSection('IPv4 filter', chains);

test('only chains that changed are declared, and none of those that stay', () => {
  const from = [nat({ 'KUBE-NODEPORTS': ['-j ACCEPT'], 'KUBE-SERVICES': ['-j A'] })];
  const to = [nat({ 'KUBE-NODEPORTS': ['-j ACCEPT'], 'KUBE-SERVICES': ['-j B', '-j C'] })];
  expect(plan(from, to)).toEqual([
    'IPv4\n*nat\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -j B\n-A KUBE-SERVICES -j C\nCOMMIT\n',
  ]);
  expect(plan(to, to)).toEqual([]);
});

test('stale chains are emptied, and deleted last', () => {
  const from = [
    nat({
      'KUBE-SVC-AAAAAAAAAAAAAAAA': ['-j X'],
      'KUBE-SERVICES': ['-j KUBE-SVC-AAAAAAAAAAAAAAAA'],
    }),
  ];
  expect(plan(from, [nat({ 'KUBE-SERVICES': [] })])).toEqual([
    'IPv4\n*nat\n:KUBE-SERVICES - [0:0]\n:KUBE-SVC-AAAAAAAAAAAAAAAA - [0:0]\n-X KUBE-SVC-AAAAAAAAAAAAAAAA\nCOMMIT\n',
  ]);
});

test('jumps of a chain of others are replaced as a block at its head', () => {
  const from = [nat({ OUTPUT: ['-j KUBE-SERVICES', '-j KUBE-NODEPORTS'] })];
  const to = [nat({ OUTPUT: ['-j KUBE-NODEPORTS', '-j KUBE-SERVICES'] })];
  expect(plan(from, to)).toEqual([
    'IPv4\n*nat\n-D OUTPUT -j KUBE-SERVICES\n-D OUTPUT -j KUBE-NODEPORTS\n-I OUTPUT -j KUBE-SERVICES\n-I OUTPUT -j KUBE-NODEPORTS\nCOMMIT\n',
  ]);
});

test('each family has a document of its own', () => {
  const six = iptablesSection('IPv6 nat', { 'KUBE-SERVICES': [] });
  expect(plan([], [nat({ 'KUBE-SERVICES': [] }), six])).toEqual([
    'IPv4\n*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n',
    'IPv6\n*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n',
  ]);
});

const tablesOf = (documents: readonly string[]): string[] =>
  [...documents.join('').matchAll(/^\*(.*)$/gm)].map(([, table = '']) => table);

test('refusals come before the rules that they stand in for go, and go after those come', () => {
  const refusing = [filter({ 'KUBE-SERVICES': ['-j REJECT'] }), nat({ 'KUBE-SERVICES': [] })];
  const serving = [filter({ 'KUBE-SERVICES': [] }), nat({ 'KUBE-SERVICES': ['-j DNAT'] })];
  expect(tablesOf(plan(serving, refusing))).toEqual(['filter', 'nat']);
  expect(tablesOf(plan(refusing, serving))).toEqual(['nat', 'filter']);
});

test('where some come and others go, what was refused stays so in between', () => {
  const from = [
    filter({ 'KUBE-SERVICES': ['-d a -j REJECT'] }),
    nat({ 'KUBE-SERVICES': ['-d b'] }),
  ];
  const to = [filter({ 'KUBE-SERVICES': ['-d b -j REJECT'] }), nat({ 'KUBE-SERVICES': ['-d a'] })];
  const [document = ''] = plan(from, to);
  expect(document.split('COMMIT\n').slice(0, -1)).toEqual([
    'IPv4\n*filter\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -d b -j REJECT\n-A KUBE-SERVICES -d a -j REJECT\n',
    '*nat\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -d a\n',
    '*filter\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -d b -j REJECT\n',
  ]);
});

test('a jump that must be last is put behind what others have', () => {
  const jumps = ['-j KUBE-PORTALS-CONTAINER', '-j KUBE-NODEPORT-CONTAINER'];
  expect(plan([nat({ PREROUTING: ['-j KUBE-SERVICES'] })], [nat({ PREROUTING: jumps })])).toEqual([
    'IPv4\n*nat\n-D PREROUTING -j KUBE-SERVICES\n-I PREROUTING -j KUBE-PORTALS-CONTAINER\n' +
      '-A PREROUTING -j KUBE-NODEPORT-CONTAINER\nCOMMIT\n',
  ]);
});
