import { expect, test } from 'vitest';
import {
  chainsNamed,
  isCanary,
  isLastJump,
  isOwnChain,
  partRules,
} from '../../src/audit/ownership.ts';
import type { Section } from '../../src/diff/node-rules.ts';

test.for([
  ['KUBE-SERVICES', true],
  ['KUBE-SEP-AFGSLHOD2HFNCBX4', true],
  ['KUBE-XLB-AFGSLHOD2HFNCBX4', true],
  ['KUBE-PORTALS-CONTAINER', true],
  ['KUBE-PORTALS-HOST', true],
  ['KUBE-NODEPORT-CONTAINER', true],
  ['KUBE-NODEPORT-HOST', true],
  ['KUBE-NODEPORT-NON-LOCAL', true],
  ['KUBE-PORTALS-OTHER', false],
  ['KUBE-SEP-TOOSHORT', false],
  ['KUBE-KUBELET-CANARY', false],
  ['KUBE-MARK-DROP', false],
  ['KUBE-ROUTER-INPUT', false],
  ['DOCKER', false],
  ['toString', false],
] as const)('%s is own: %s', ([name, isOwn]) => {
  expect(isOwnChain(name)).toBe(isOwn);
});

test.for([
  ['-A PREROUTING -m addrtype --dst-type LOCAL -j KUBE-NODEPORT-CONTAINER', true],
  ['-A OUTPUT -j KUBE-NODEPORT-HOST', true],
  ['-A OUTPUT -j KUBE-PORTALS-HOST', false],
  ['-A INPUT -j KUBE-NODEPORT-NON-LOCAL', false],
] as const)('%s comes last: %s', ([text, isLast]) => {
  expect(isLastJump(text)).toBe(isLast);
});

test('the canary', () => {
  expect([isCanary('KUBE-PROXY-CANARY'), isCanary('KUBE-KUBELET-CANARY')]).toEqual([true, false]);
});

test.for([
  ['-A X -p tcp -j KUBE-SVC-A', ['KUBE-SVC-A']],
  ['-A X -g Y', ['Y']],
  ['ct state new jump services', ['services']],
  ['10.0.0.1 . tcp . 80 : goto service-A/b', ['service-A/b']],
  ['tcp dport vmap { 80 : goto a, 81 : jump b }', ['a', 'b']],
  ['-A X -m comment --comment "no \\" -j Y" -j Z', ['Z']],
  ['accept', []],
] as const)('%s goes on in %s', ([text, chains]) => {
  expect(chainsNamed(text)).toEqual(chains);
});

function section(fields: Partial<Section>): Section {
  return { kind: 'iptables', name: 'iptables IPv4 nat', chains: [], groups: [], ...fields };
}

const chain = (name: string, ...rules: readonly string[]) => ({
  name,
  declaration: '',
  rules: rules.map((text) => ({ text })),
});

const group = (name: string) => ({ name, declaration: '', entries: [{ key: 'k', text: 'k' }] });

test('of chains that all use the own jumps are kept, the rest is counted', () => {
  const [jump, other] = ['-A PREROUTING -j KUBE-SERVICES', '-A PREROUTING -j DOCKER'];
  const live = section({
    chains: [chain('DOCKER', 'x', 'y'), chain('KUBE-SERVICES'), chain('PREROUTING', other, jump)],
  });
  expect(partRules([live], new Set())).toEqual({
    own: [section({ chains: [chain('KUBE-SERVICES'), chain('PREROUTING', jump)] })],
    foreign: 3,
  });
});

test('sets, servers and tables of others are counted', () => {
  const sets = section({
    kind: 'ipset',
    name: 'ipset',
    groups: [group('KUBE-6-CLUSTER-IP'), group('cali40')],
  });
  const servers = section({
    kind: 'ipvs',
    name: 'ipvs',
    groups: [group('tcp a:1'), group('tcp b:1')],
  });
  const tables = section({ kind: 'nftables', name: 'nftables inet filter', groups: [group('s')] });
  const { own, foreign } = partRules([sets, servers, tables], new Set(['tcp a:1']));
  expect(own.map(({ groups }) => groups.map(({ name }) => name))).toEqual([
    ['KUBE-6-CLUSTER-IP'],
    ['tcp a:1'],
  ]);
  expect(foreign).toBe(1 + 2 + 1);
});
