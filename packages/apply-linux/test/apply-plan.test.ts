import {
  audit,
  planNode,
  parseSnapshot,
  type Mode,
  type NodePlan,
  type Operation,
  type Snapshot,
} from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { ApplyError } from '../src/apply-error.ts';
import {
  applyPlan,
  applyWanted,
  type ApplyOptions,
  type PlannedChange,
} from '../src/apply-plan.ts';
import {
  createScriptedMachine,
  fail,
  missing,
  say,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

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
  const calls = machine.calls.filter((call) => /restore --noflush/.test(call));
  expect(calls).toEqual([
    'iptables-nft-restore --noflush --test -w 5',
    'ip6tables-nft-restore --noflush --test -w 5',
    'iptables-nft-restore --noflush -w 5',
    'ip6tables-nft-restore --noflush -w 5',
  ]);
  const first = machine.calls.findIndex((call) => /restore/.test(call));
  expect(machine.calls.indexOf('iptables-nft-save')).toBeLessThan(first);
  expect(machine.calls.at(-1)).toMatch(
    /^(?:nft list tables|ipset save|ipvsadm -S -n|ip -json address)$/,
  );
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
    const isProbe = machine.calls[calls + number - 1] === 'nft -c -f -';
    const codes = isProbe ? ['KERNEL_LACKS', 'TOOL_FAILED'] : ['TOOL_FAILED'];
    expect(error).toMatchObject({ name: 'ApplyError', code: expect.toBeOneOf(codes) });
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
    expect(
      machine.calls.filter((call) => /restore --noflush(?!.*--test)|^nft -f -$/.test(call)),
    ).toEqual([]);
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
  expect(await refuse(changed, plan)).toMatchObject({
    code: 'NODE_CHANGED',
    message: 'The rules of the node changed since the plan was made: iptables IPv4 nat.',
    plan: undefined,
  });
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
    message: expect.stringMatching(/: iptables IPv6 filter, .*iptables IPv6 nat\.$/),
    plan,
  });
  machine.answer = () => undefined;
  expect(planOn(machine, plain, 'iptables').fingerprint).toEqual(before);
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
  expect(planOn(machine, plain, 'ipvs').fingerprint).toEqual(plan.fingerprint);
  expect(machine.node.dump()['ipset-save']).toBe('');
});

test('a node that changed names its sections, and who may have changed them', async () => {
  const machine = createScriptedMachine({ kubeProxies: [42] });
  const plan = planOn(machine, plain, 'iptables');
  machine.node.run({ kind: 'ipset', input: 'create KUBE-CLUSTER-IP hash:ip,port family inet\n' });
  machine.node.run({
    kind: 'iptables',
    family: 'IPv6',
    input: '*nat\n:KUBE-SERVICES - [0:0]\n-A OUTPUT -j KUBE-SERVICES\nCOMMIT\n',
  });
  await expect(applyPlan(plan, machine, { ...options, takeOver: true })).rejects.toMatchObject({
    code: 'NODE_CHANGED',
    message:
      'The rules of the node changed since the plan was made: ipset, iptables IPv6 nat. kube-proxy is at work (process 42).',
  });
});

test('what the node is wanted to have is planned of what it has, under one lock', async () => {
  const machine = createScriptedMachine();
  const seen: string[] = [];
  const makePlan: Parameters<typeof applyWanted>[0] = ({ files, backend }) => {
    seen.push(backend, ...Object.keys(files));
    return { plan: planNode(plain, 'nftables', { files }) };
  };
  const { plan, steps, before } = await applyWanted(makePlan, machine, options);
  expect(seen).toContain('ipv4.iptables-nft-save');
  expect(steps).toBe(plan.operations.length);
  expect(before.files['nft-list']).toBeUndefined();
  expect(audit(plain, 'nftables', machine.node.dump()).isWhole).toBe(true);
  const changes = machine.calls.filter((call) => call === 'nft -f -').length;
  expect((await applyWanted(makePlan, machine, options)).steps).toBe(0);
  expect(machine.calls.filter((call) => call === 'nft -f -')).toHaveLength(changes);
});

test('nothing to do is done beside a kube-proxy, too, and by an error of the plan’s maker nothing', async () => {
  const machine = createScriptedMachine({ kubeProxies: [42] });
  await applyPlan(planOn(machine, plain, 'iptables'), machine, { ...options, takeOver: true });
  expect((await applyPlan(planOn(machine, plain, 'iptables'), machine, options)).steps).toBe(0);
  const unusable = new RangeError('no such node');
  const fails = (): PlannedChange => {
    throw unusable;
  };
  await expect(applyWanted(fails, machine, options)).rejects.toBe(unusable);
});

test('an error carries the plan that was to be carried out', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'iptables-nft-restore --noflush -w 5' ? fail('broken') : undefined;
  const plan = planOn(machine, plain, 'iptables');
  const error = await applyPlan(plan, machine, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApplyError);
  expect(error).toMatchObject({ code: 'TOOL_FAILED', plan });
});

function linesOf(text = ''): string[] {
  return text.split('\n').toSorted();
}

/** The snapshot with each EndpointSlice without its first endpoint. */
function withoutFirstEndpoints(snapshot: Snapshot): Snapshot {
  const endpointSlices = snapshot.endpointSlices.map((slice) => ({
    ...slice,
    endpoints: slice.endpoints.slice(1),
  }));
  return { ...snapshot, endpointSlices };
}

const smaller = withoutFirstEndpoints(plain);

test('an interrupt during a drain ends it at once, and the node is as before', async () => {
  const machine = createScriptedMachine();
  await applyPlan(planOn(machine, plain, 'ipvs'), machine, options);
  const before = machine.node.dump();
  const plan = planOn(machine, smaller, 'ipvs');
  const drained = plan.operations.flatMap((one) => (one.kind === 'drain' ? one.servers : []));
  expect(drained).not.toEqual([]);
  const controller = new AbortController();
  machine.answer = (call) => {
    if (call !== 'ipvsadm -L -n') return undefined;
    controller.abort();
    return say(
      drained.map(({ address }) => `  -> ${address} Masq    0      3          0\n`).join(''),
    );
  };
  const start = Date.now();
  const task = applyPlan(plan, machine, { drainDeadline: 60_000, signal: controller.signal });
  await expect(task).rejects.toMatchObject({ code: 'INTERRUPTED', plan });
  expect(Date.now() - start).toBeLessThan(20_000);
  expect(audit(plain, 'ipvs', machine.node.dump()).isWhole).toBe(true);
  expect(linesOf(machine.node.dump()['ipvsadm-save'])).toEqual(linesOf(before['ipvsadm-save']));
  expect(planOn(machine, smaller, 'ipvs').fingerprint).toEqual(plan.fingerprint);
});

const dns = plain.services.find(({ spec }) =>
  spec.ports.some(({ protocol }) => protocol === 'UDP'),
);
const flow = `udp 17 25 src=10.244.0.9 dst=${dns?.spec.clusterIP} sport=40000 dport=${
  dns?.spec.ports.find(({ protocol }) => protocol === 'UDP')?.port
} src=192.0.2.99 dst=10.244.0.9 sport=53 dport=40000 mark=0 use=1\n`;

test.for([
  ['cannot be deleted', fail('conntrack v1.4.7: Operation failed: no'), /^stale UDP flows stay/],
  ['need a tool that is missing', missing, /conntrack is not there/],
  ['ended meanwhile', fail('conntrack v1.4.7: 0 flow entries have been deleted.'), undefined],
] as const)('flows that %s are no failure', async ([, answer, warning]) => {
  const machine = createScriptedMachine();
  const files = { ...machine.node.dump(), conntrack: flow };
  const plan = planNode(plain, 'iptables', { files });
  expect(plan.operations.at(-1)).toMatchObject({ kind: 'deleteFlows' });
  machine.answer = (call) => (call.startsWith('conntrack -D') ? answer : undefined);
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const { steps } = await applyPlan(plan, machine, { ...options, warn });
  expect(steps).toBe(plan.operations.length);
  expect(machine.calls.filter((call) => call.startsWith('conntrack -D'))).toHaveLength(1);
  expect(warnings).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);
  expect(audit(plain, 'iptables', machine.node.dump()).isWhole).toBe(true);
});

test('rules in the other back end go, and come back when the change fails', async () => {
  const machine = createScriptedMachine();
  const input = '*nat\n:KUBE-SERVICES - [0:0]\n-A PREROUTING -j KUBE-SERVICES\nCOMMIT\n';
  const old: Operation = { kind: 'iptables', family: 'IPv4', input, backend: 'legacy' };
  await applyPlan(planOn(machine, plain, 'iptables'), machine, options);
  machine.node.run(old);
  const before = machine.node.dump();
  const plan = planOn(machine, other, 'iptables');
  machine.answer = (call) =>
    call === 'iptables-legacy-restore --noflush -w 5' &&
    machine.calls.filter((one) => one === call).length === 1
      ? fail('broken')
      : undefined;
  await expect(applyPlan(plan, machine, options)).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  expect(machine.node.dump()['ipv4.iptables-legacy-save']).toBe(
    before['ipv4.iptables-legacy-save'],
  );
  expect(planOn(machine, other, 'iptables').fingerprint).toEqual(plan.fingerprint);
  machine.answer = () => undefined;
  await applyPlan(plan, machine, options);
  expect(machine.node.dump()['ipv4.iptables-legacy-save']).not.toContain('KUBE-');
  expect(planOn(machine, other, 'iptables').operations).toEqual([]);
});

const settings = { 'net.ipv4.vs.conntrack': '0' };

test('a setting of a module that is not loaded: the tool loads it first', async () => {
  const machine = createScriptedMachine();
  const files = machine.node.dump();
  const plan = planNode(plain, 'ipvs', { files, sysctls: { 'net.ipv4.ip_forward': '1' } });
  await applyPlan(plan, machine, options);
  expect(machine.calls).toContain('ipvsadm -L -n');
  expect(machine.files.get('/proc/sys/net/ipv4/vs/conntrack')).toBe('1\n');
  const loaded = createScriptedMachine();
  for (const name of Object.keys(settings))
    loaded.files.set(`/proc/sys/${name.replaceAll('.', '/')}`, '0\n');
  await applyPlan(planNode(plain, 'ipvs', { files, sysctls: settings }), loaded, options);
  expect(loaded.calls).not.toContain('ipvsadm -L -n');
  expect(loaded.files.get('/proc/sys/net/ipv4/vs/conntrack')).toBe('1\n');
});

test('where it cannot be told whether connections last, the drain fails and is undone', async () => {
  const machine = createScriptedMachine();
  await applyPlan(planOn(machine, other, 'ipvs'), machine, options);
  const before = planOn(machine, other, 'ipvs').fingerprint;
  const plan = planOn(machine, withoutFirstEndpoints(other), 'ipvs');
  expect(plan.operations.map(({ kind }) => kind)).toContain('drain');
  machine.answer = (call) => (call === 'ipvsadm -L -n' ? fail('broken') : undefined);
  await expect(applyPlan(plan, machine, { drainDeadline: 10_000 })).rejects.toThrow('broken');
  machine.answer = () => undefined;
  expect(planOn(machine, other, 'ipvs').fingerprint).toEqual(before);
});
