import type { Operation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import type { OperationContext } from '../src/run-operation.ts';
import { tryOut } from '../src/try-out.ts';
import { createScriptedMachine, fail, type ScriptedMachine } from './support/scripted-machine.ts';

const input = '*nat\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -j ACCEPT\nCOMMIT\n';
const iptables: readonly Operation[] = [
  { kind: 'iptables', family: 'IPv4', input },
  { kind: 'iptables', family: 'IPv6', input, backend: 'legacy' },
];
const nft: readonly Operation[] = [
  { kind: 'nft', input: 'add table ip kube-proxy\n' },
  { kind: 'nft', input: 'add chain ip kube-proxy services\n' },
];

async function tryOn(machine: ScriptedMachine, operations: readonly Operation[]): Promise<void> {
  const warn = (): void => {};
  const context: OperationContext = { machine, backend: 'nft', drainDeadline: 0, warn };
  await tryOut(operations, {}, context);
}

test('iptables tries its documents itself, in the back end that each is for', async () => {
  const machine = createScriptedMachine();
  await tryOn(machine, iptables);
  expect(machine.calls).toEqual([
    'iptables-nft-restore --noflush --test -w 5',
    'ip6tables-legacy-restore --noflush --test -w 5',
  ]);
  expect(machine.inputs).toEqual([input, input]);
});

test('with sets or virtual servers everything is rehearsed instead', async () => {
  const machine = createScriptedMachine();
  await tryOn(machine, [{ kind: 'ipset', input: 'create S hash:ip\n' }, ...iptables]);
  expect(machine.calls).toEqual(['unshare --net sh']);
});

test('nft tries all its scripts together, and names the line that it refuses', async () => {
  const machine = createScriptedMachine();
  await tryOn(machine, nft);
  expect(machine.calls).toEqual(['nft -c -f -']);
  expect(machine.inputs).toEqual(['add table ip kube-proxy\nadd chain ip kube-proxy services\n']);
  machine.answer = () => fail('/dev/stdin:2:1-5: Error: No such file or directory');
  await expect(tryOn(machine, nft)).rejects.toMatchObject({
    code: 'RULE_REFUSED',
    line: 'add chain ip kube-proxy services',
  });
});

test('a document that iptables refuses', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call.includes('--test') ? fail('iptables-restore: line 3 failed') : undefined;
  await expect(tryOn(machine, iptables)).rejects.toMatchObject({
    code: 'RULE_REFUSED',
    line: '-A KUBE-SERVICES -j ACCEPT',
  });
});
