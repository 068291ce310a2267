import { expect, test } from 'vitest';
import { planIPSets } from '../../src/plan/plan-ipsets.ts';
import { groupSection } from '../support/sections.ts';

const type = 'hash:ip,port family inet';

function plan(
  from: Readonly<Record<string, readonly string[]>>,
  to: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const { before, after } = planIPSets(
    [groupSection('ipset', from, type)],
    [groupSection('ipset', to, type)],
  );
  return [...before, { kind: 'ipset', input: '--\n' } as const, ...after].flatMap((operation) =>
    operation.kind === 'ipset' ? operation.input.trimEnd().split('\n') : [],
  );
}

test('a new set is made and filled before the rules, a stale one destroyed after them', () => {
  expect(plan({ 'KUBE-LOOP-BACK': ['a'] }, { 'KUBE-CLUSTER-IP': ['b', 'c'] })).toEqual([
    `create KUBE-CLUSTER-IP ${type}`,
    'add KUBE-CLUSTER-IP b',
    'add KUBE-CLUSTER-IP c',
    '--',
    'destroy KUBE-LOOP-BACK',
  ]);
});

test('entries that only come come before, those that only go go after', () => {
  expect(plan({ s: ['a'] }, { s: ['a', 'b'] })).toEqual(['add s b', '--']);
  expect(plan({ s: ['a', 'b'] }, { s: ['a'] })).toEqual(['--', 'del s b']);
  expect(plan({ s: ['a'] }, { s: ['a'] })).toEqual(['--']);
});

test('entries that come and go together change by a swap', () => {
  const name = 'KUBE-HEALTH-CHECK-CLUSTER-IP-XX';
  const lines = plan({ [name]: ['a'] }, { [name]: ['b'] });
  const temporary = 'kube-rules-HEALTH-CHECK-CLUSTER';
  expect(lines).toEqual([
    `create ${temporary} ${type}`,
    `add ${temporary} b`,
    `swap ${temporary} ${name}`,
    `destroy ${temporary}`,
    '--',
  ]);
  expect(temporary).toHaveLength(31);
});

test('a set that a killed process left behind goes first, and so can be made again', () => {
  const name = 'KUBE-HEALTH-CHECK-CLUSTER-IP-XX';
  const temporary = 'kube-rules-HEALTH-CHECK-CLUSTER';
  expect(plan({ [name]: ['a'], [temporary]: ['b'] }, { [name]: ['b'] })).toEqual([
    `destroy ${temporary}`,
    `create ${temporary} ${type}`,
    `add ${temporary} b`,
    `swap ${temporary} ${name}`,
    `destroy ${temporary}`,
    '--',
  ]);
  expect(plan({ [temporary]: [] }, {})).toEqual([`destroy ${temporary}`, '--']);
});

test('ports of nodes come before and go after', () => {
  const name = 'KUBE-NODE-PORT-TCP';
  expect(plan({ [name]: ['1'] }, { [name]: ['2'] })).toEqual([
    `add ${name} 2`,
    '--',
    `del ${name} 1`,
  ]);
});
