import { nftablesProbes, type Operation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { requireTools } from '../src/require-tools.ts';
import type { OperationContext } from '../src/run-operation.ts';
import {
  createScriptedMachine,
  fail,
  missing,
  say,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

const iptables: Operation = { kind: 'iptables', family: 'IPv6', input: '*nat\nCOMMIT\n' };
const ipvs: Operation = { kind: 'ipvs', input: '-A -t 10.96.0.1:443 -s rr\n' };
const table = 'add table ip kube-proxy\nadd chain ip kube-proxy services\n';
const nft: Operation = { kind: 'nft', input: table };
const fast: Operation = {
  kind: 'nft',
  input: `${table}add map ip kube-proxy endpoints-a { type integer : ipv4_addr; }\n`,
};

function warn(): void {}

async function refusal(operations: readonly Operation[], machine: ScriptedMachine) {
  const context: OperationContext = { machine, backend: 'nft', drainDeadline: 0, warn };
  return requireTools(operations, context).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function answering(...[call, answer]: readonly [string, ReturnType<typeof say>]): ScriptedMachine {
  const machine = createScriptedMachine();
  machine.answer = (asked) => (asked === call ? answer : undefined);
  return machine;
}

test.for([
  [iptables, 'ip6tables-nft-restore --version', 'ip6tables-nft-restore', 'iptables'],
  [
    { ...iptables, backend: 'legacy' },
    'ip6tables-legacy-restore --version',
    'ip6tables-legacy-restore',
    'iptables',
  ],
  [nft, 'nft --version', 'nft', 'nftables'],
  [{ kind: 'ipset', input: '' }, 'ipset --version', 'ipset', 'ipset'],
  [ipvs, 'ipvsadm --version', 'ipvsadm', 'ipvsadm'],
  [{ kind: 'drain', servers: [] }, 'ipvsadm --version', 'ipvsadm', 'ipvsadm'],
  [{ kind: 'addLink', name: 'kube-ipvs0' }, 'ip -V', 'ip', 'iproute2'],
] as const satisfies readonly (readonly [Operation, ...string[]])[])(
  '$0.kind: a missing tool is named with its package',
  async ([operation, call, tool, name]) => {
    expect(await refusal([operation], createScriptedMachine())).toBeUndefined();
    expect(await refusal([operation], answering(call, missing))).toMatchObject({
      code: 'TOOL_MISSING',
      message: `${tool} is not there.`,
      hint: `Install the package ${name}.`,
    });
  },
);

test.for([
  [iptables, 'ip6tables-nft-restore --version', 'ip6tables-restore v1.6.1\n', '1.6.1', '1.8.0'],
  [nft, 'nft --version', 'nftables v0.9.8 (E.D.S.)\n', '0.9.8', '1.0.1'],
  [ipvs, 'ipvsadm --version', 'ipvsadm v1.25 2008/5/15\n', '1.25', '1.26'],
] as const)('$0.kind: a tool that is too old', async ([operation, call, said, version, least]) => {
  expect(await refusal([operation], answering(call, say(said)))).toMatchObject({
    code: 'TOOL_TOO_OLD',
    message: `${call.split(' ')[0]} is ${version}, and must be ${least} or later.`,
    hint: expect.stringMatching(/^Install a newer package /),
  });
});

test('a tool that cannot even tell its version fails, and none is asked that no step needs', async () => {
  const silent = answering('ip6tables-nft-restore --version', fail('unknown option'));
  expect(await refusal([iptables], silent)).toMatchObject({ code: 'TOOL_FAILED' });
  expect(silent.calls).toEqual(['ip6tables-nft-restore --version']);
  const none = createScriptedMachine();
  const flows: Operation = { kind: 'deleteFlows', flows: [] };
  expect(await refusal([flows, { kind: 'sysctl', name: 'a', value: '1' }], none)).toBeUndefined();
  expect(none.calls).toEqual([]);
});

test('a kernel without IPVS: its module is loaded, or else it is named', async () => {
  const machine = createScriptedMachine();
  machine.files.delete('/proc/net/ip_vs');
  expect(await refusal([ipvs], machine)).toMatchObject({
    code: 'KERNEL_LACKS',
    message: 'The kernel has no IPVS (module ip_vs).',
  });
  expect(machine.calls).toContain('modprobe ip_vs');
  machine.answer = (call) => {
    if (call === 'modprobe ip_vs') machine.files.set('/proc/net/ip_vs', 'IP Virtual Server\n');
    return undefined;
  };
  expect(await refusal([ipvs], machine)).toBeUndefined();
});

test('a kernel that is too old for mode nftables; to delete a table any will do', async () => {
  const machine = createScriptedMachine();
  machine.files.set('/proc/sys/kernel/osrelease', '5.10.0-28-amd64\n');
  expect(await refusal([nft], machine)).toMatchObject({
    code: 'KERNEL_LACKS',
    message: 'The kernel is 5.10.0-28-amd64, and nftables mode needs 5.13 or later.',
    hint: 'Use iptables mode, or boot a newer kernel.',
  });
  const deletion: Operation = { kind: 'nft', input: 'delete table ip kube-proxy\n' };
  expect(await refusal([deletion], machine)).toBeUndefined();
});

test.for(Object.entries(nftablesProbes))('a refused probe of %s', async ([feature, probe]) => {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'nft -c -f -' && machine.inputs.at(-1) === probe ? fail('Error: no') : undefined;
  expect(await refusal([fast], machine)).toMatchObject({
    code: 'KERNEL_LACKS',
    message: expect.stringContaining(`"${feature}" (CONFIG_`),
  });
  expect(machine.inputs).toContain(probe);
});

test('the fast layout is probed where it is wanted only', async () => {
  const machine = createScriptedMachine();
  expect(await refusal([nft], machine)).toBeUndefined();
  expect(machine.inputs).not.toContain(nftablesProbes.fastLayout);
});
