import {
  audit,
  planNode,
  parseSnapshot,
  type Mode,
  type NodePlan,
  type Snapshot,
} from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { applyPlan, type ApplyOptions } from '../src/apply-plan.ts';
import { createScriptedMachine, fail, type ScriptedMachine } from './support/scripted-machine.ts';

const modes: readonly Mode[] = ['iptables', 'ipvs', 'userspace', 'nftables'];
const options: ApplyOptions = { drainDeadline: 0 };

function snapshotNamed(name: string): Snapshot {
  return parseSnapshot(readFixture(name).snapshot).snapshot;
}

const [plain, other] = [snapshotNamed('dns-udp-tcp'), snapshotNamed('external-ips-local')];

function planOn(machine: ScriptedMachine, snapshot: Snapshot, mode: Mode): NodePlan {
  return planNode(snapshot, mode, { files: machine.node.dump() });
}

test.for(modes)('mode %s: a plan is carried out, and again, and another', async (mode) => {
  const machine = createScriptedMachine();
  for (const snapshot of [plain, other, plain]) {
    const plan = planOn(machine, snapshot, mode);
    expect(plan.operations.length).toBeGreaterThan(0);
    const { steps } = await applyPlan(plan, machine, options);
    expect(steps).toBe(plan.operations.length);
    expect(audit(snapshot, mode, machine.node.dump()).isWhole).toBe(true);
    expect(planOn(machine, snapshot, mode).operations).toEqual([]);
  }
});

test('the order of commands: read, try, change, read', async () => {
  const machine = createScriptedMachine();
  await applyPlan(planOn(machine, plain, 'iptables'), machine, options);
  const calls = machine.calls.filter((call) => /restore/.test(call));
  expect(calls).toEqual([
    'iptables-nft-restore --noflush --test -w 5',
    'ip6tables-nft-restore --noflush --test -w 5',
    'iptables-nft-restore --noflush -w 5',
    'ip6tables-nft-restore --noflush -w 5',
  ]);
  const first = machine.calls.findIndex((call) => /restore/.test(call));
  expect(machine.calls.indexOf('iptables-nft-save -c')).toBeLessThan(first);
  expect(machine.calls.at(-1)).toMatch(/^(?:conntrack|nft|ip) /);
});

test.for(modes)('mode %s: whichever command fails, the node is as before', async (mode) => {
  let failures = 0;
  for (let number = 1; ; number++) {
    const machine = createScriptedMachine();
    await applyPlan(planOn(machine, plain, mode), machine, options);
    const before = planOn(machine, plain, mode).fingerprint;
    const plan = planOn(machine, other, mode);
    const calls = machine.calls.length;
    machine.answer = (_, count) => (count === calls + number ? fail('broken') : undefined);
    const error = await applyPlan(plan, machine, options).catch((thrown: unknown) => thrown);
    const isReached = machine.calls.length >= calls + number;
    if (!isReached) {
      expect(error).toMatchObject({ steps: plan.operations.length });
      break;
    }
    const isOptional = machine.calls[calls + number - 1]?.startsWith('conntrack');
    machine.answer = () => undefined;
    if (isOptional || !(error instanceof Error)) continue;
    failures++;
    expect(error).toMatchObject({ name: 'ApplyError', code: 'TOOL_FAILED' });
    const after = planOn(machine, plain, mode);
    expect([number, after.operations, after.fingerprint]).toEqual([number, [], before]);
  }
  expect(failures).toBeGreaterThan(5);
});

test('a failing undo is told after the first error, whose code stays', async () => {
  const machine = createScriptedMachine();
  const plan = planOn(machine, plain, 'iptables');
  machine.answer = (call) =>
    call === 'ip6tables-nft-restore --noflush -w 5'
      ? fail('ip6tables-restore: line 2 failed')
      : call === 'iptables-nft-restore --noflush -w 5' &&
          machine.calls.includes('ip6tables-nft-restore --noflush -w 5')
        ? fail('no way back')
        : undefined;
  await expect(applyPlan(plan, machine, options)).rejects.toMatchObject({
    code: 'RULE_REFUSED',
    message: expect.stringMatching(
      /line 2 failed\nThe node could not be brought back.*no way back/,
    ),
  });
});

test('refused before anything is changed', async () => {
  const refuse = async (machine: ScriptedMachine, plan?: NodePlan): Promise<unknown> => {
    const error: unknown = await applyPlan(
      plan ?? planOn(machine, plain, 'iptables'),
      machine,
      options,
    ).catch((thrown: unknown) => thrown);
    expect(machine.calls.filter((call) => /restore(?!.*--test)|-f -$/.test(call))).toEqual([]);
    return error;
  };
  expect(await refuse(createScriptedMachine({ isRoot: false }))).toMatchObject({
    code: 'NOT_ROOT',
  });
  expect(await refuse(createScriptedMachine({ kubeProxies: [42] }))).toMatchObject({
    code: 'KUBE_PROXY_RUNNING',
    message: expect.stringContaining('process 42'),
  });
  const changed = createScriptedMachine();
  const plan = planOn(changed, plain, 'iptables');
  changed.node.run({
    kind: 'iptables',
    family: 'IPv4',
    input: '*nat\n:KUBE-SERVICES - [0:0]\n-A PREROUTING -j KUBE-SERVICES\nCOMMIT\n',
  });
  expect(await refuse(changed, plan)).toMatchObject({ code: 'NODE_CHANGED' });
  const tried = createScriptedMachine();
  tried.answer = (call) =>
    call.includes('--test') ? fail('iptables-restore: line 3 failed') : undefined;
  expect(await refuse(tried)).toMatchObject({
    code: 'RULE_REFUSED',
    line: expect.stringMatching(/^:KUBE/),
  });
});

test('a kube-proxy that runs is taken over when that is said', async () => {
  const machine = createScriptedMachine({ kubeProxies: [42] });
  const plan = planOn(machine, plain, 'nftables');
  await applyPlan(plan, machine, { ...options, takeOver: true });
  expect(planOn(machine, plain, 'nftables').operations).toEqual([]);
});

test('tools that say nothing and do something else are found out', async () => {
  const machine = createScriptedMachine();
  const plan = planOn(machine, plain, 'iptables');
  machine.answer = (call) =>
    call === 'ip6tables-nft-restore --noflush -w 5'
      ? { exitCode: 0, stdout: '', stderr: '' }
      : undefined;
  const before = planOn(machine, plain, 'iptables').fingerprint;
  await expect(applyPlan(plan, machine, options)).rejects.toMatchObject({
    code: 'NOT_AS_PLANNED',
  });
  machine.answer = () => undefined;
  expect(planOn(machine, plain, 'iptables').fingerprint).toBe(before);
});

test('an interrupt between two steps undoes those before it', async () => {
  const machine = createScriptedMachine();
  const plan = planOn(machine, plain, 'ipvs');
  const controller = new AbortController();
  machine.answer = (call) => {
    if (call === 'ipset restore') controller.abort();
    return undefined;
  };
  await expect(
    applyPlan(plan, machine, { ...options, signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'INTERRUPTED' });
  machine.answer = () => undefined;
  expect(planOn(machine, plain, 'ipvs').fingerprint).toBe(plan.fingerprint);
  expect(machine.node.dump()['ipset-save']).toBe('');
});
