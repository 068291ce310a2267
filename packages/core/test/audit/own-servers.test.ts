import { expect, test } from 'vitest';
import { addressOf, ownServersOf } from '../../src/audit/own-servers.ts';
import type { NodeRules } from '../../src/diff/node-rules.ts';

function servers(...names: readonly string[]): NodeRules[number] {
  const groups = names.map((name) => ({ name, declaration: '', entries: [] }));
  return { kind: 'ipvs', name: 'ipvs', chains: [], groups };
}

const bound: NodeRules[number] = {
  kind: 'addresses',
  name: 'addresses kube-ipvs0',
  chains: [],
  groups: [{ name: 'kube-ipvs0', declaration: '', entries: [{ key: 'fd00::1', text: 'fd00::1' }] }],
};

test('expected ones, those at their addresses and those at bound addresses are own', () => {
  const live = [servers('tcp 10.0.0.1:81', 'tcp [fd00::1]:80', 'tcp 203.0.113.1:80'), bound];
  const own = ownServersOf([servers('tcp 10.0.0.1:80')], live, []);
  expect([...own]).toEqual(['tcp 10.0.0.1:80', 'tcp 10.0.0.1:81', 'tcp [fd00::1]:80']);
  const without = ownServersOf([servers('tcp 10.0.0.1:80')], live, ['10.0.0.0/8', 'nonsense']);
  expect([...without]).toEqual(['tcp 10.0.0.1:80', 'tcp [fd00::1]:80']);
});

test('the address of a server', () => {
  expect(['tcp 10.0.0.1:80', 'udp [fd00::1]:53'].map(addressOf)).toEqual(['10.0.0.1', 'fd00::1']);
});
