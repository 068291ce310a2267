import { parseSnapshot, planNode, type DumpFiles, type Operation } from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { rehearse } from '../src/rehearse.ts';
import type { OperationContext } from '../src/run-operation.ts';
import {
  createScriptedMachine,
  fail,
  missing,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

function contextOf(machine: ScriptedMachine): OperationContext {
  return { machine, backend: 'nft', drainDeadline: 0, warn: () => {} };
}

const set = 'KUBE-CLUSTER-IP hash:ip,port family inet';
const before: DumpFiles = {
  'ipset-save': `create ${set}\nadd KUBE-CLUSTER-IP 10.96.0.1,tcp:443\nadd KUBE-CLUSTER-IP 10.96.0.2,tcp:80\n`,
  'ipvsadm-save': `-A -t 10.96.0.2:80 -s rr
-a -t 10.96.0.2:80 -r 10.244.0.1:80 -m -w 1
-A -t 10.96.0.9:80 -s rr
`,
};
const rule = '-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT';
const operations: readonly Operation[] = [
  { kind: 'sysctl', name: 'net.ipv4.ip_forward', value: '1' },
  { kind: 'ipvs', input: '-A -t 10.96.0.3:80 -s rr\n' },
  { kind: 'iptables', family: 'IPv4', input: `*nat\n:KUBE-SERVICES - [0:0]\n${rule}\nCOMMIT\n` },
  { kind: 'ipvs', input: '-d -t 10.96.0.2:80 -r 10.244.0.1:80\n' },
  { kind: 'ipset', input: 'del KUBE-CLUSTER-IP 10.96.0.2,tcp:80\n' },
];

test('the script: what of the node is needed, then each step', async () => {
  const machine = createScriptedMachine();
  await rehearse(operations, before, contextOf(machine));
  expect(machine.calls).toEqual(['unshare --net sh']);
  const stop = (step: number) => `{ echo 'kube-rules: step ${step}' >&2; exit 1; }`;
  const quiet = ' 2>&1 | { ! grep . >&2; }';
  const end = 'KUBE-RULES-END';
  expect(machine.inputs[0]).toBe(`ipset restore <<'${end}' || ${stop(0)}
create ${set}
add KUBE-CLUSTER-IP 10.96.0.2,tcp:80
${end}
ipvsadm -R <<'${end}'${quiet} || ${stop(1)}
-A -t 10.96.0.2:80 -s rr
-a -t 10.96.0.2:80 -r 10.244.0.1:80 -m -w 1
${end}
ipvsadm -R <<'${end}'${quiet} || ${stop(2)}
-A -t 10.96.0.3:80 -s rr
${end}
iptables-nft-restore --noflush <<'${end}' || ${stop(3)}
*nat
:KUBE-SERVICES - [0:0]
${rule}
COMMIT
${end}
ipvsadm -R <<'${end}'${quiet} || ${stop(4)}
-d -t 10.96.0.2:80 -r 10.244.0.1:80
${end}
ipset restore <<'${end}' || ${stop(5)}
del KUBE-CLUSTER-IP 10.96.0.2,tcp:80
${end}
`);
});

test.for([
  [0, 'ipset v7.17: Error in line 2: bad entry', 'ipset', 'add KUBE-CLUSTER-IP 10.96.0.2,tcp:80'],
  [3, 'iptables-restore: line 3 failed', 'iptables-nft-restore', rule],
  [5, 'ipset v7.17: Error in line 1: no', 'ipset', 'del KUBE-CLUSTER-IP 10.96.0.2,tcp:80'],
] as const)(
  'step %i that fails is told by its tool and its line',
  async ([step, said, tool, line]) => {
    const machine = createScriptedMachine();
    machine.answer = () =>
      machine.calls.length === 1 ? fail(`${said}\nkube-rules: step ${step}\n`) : undefined;
    await expect(rehearse(operations, before, contextOf(machine))).rejects.toMatchObject({
      code: 'RULE_REFUSED',
      message: `${tool} failed with status 1: ${said}`,
      line,
    });
  },
);

test('a scheduler that the kernel has not is told with its module', async () => {
  const machine = createScriptedMachine();
  const said = 'Memory allocation problem\nipvsadm: line 1: Module ip_vs_rr not found';
  machine.answer = () => fail(`${said}\nkube-rules: step 2\n`);
  await expect(rehearse(operations, before, contextOf(machine))).rejects.toMatchObject({
    code: 'KERNEL_LACKS',
    message: expect.stringContaining('module ip_vs_rr'),
  });
});

test.for([missing, fail('unshare: unshare failed: Operation not permitted\n')])(
  'where no namespace can be made, nothing is tried and nothing refused',
  async (refusal) => {
    const machine = createScriptedMachine();
    machine.answer = () => refusal;
    await rehearse(operations, before, contextOf(machine));
    expect(machine.calls).toHaveLength(1);
  },
);

test('recorded clusters: what goes from one to another is taken by a node that is empty', async () => {
  const names = ['dns-udp-tcp', 'external-ips-local', 'loadbalancer-source-ranges'];
  const snapshots = names.map((name) => parseSnapshot(readFixture(name).snapshot).snapshot);
  for (const from of snapshots) {
    const machine = createScriptedMachine();
    const first = planNode(from, 'ipvs', { files: machine.node.dump() });
    await rehearse(first.operations, machine.node.dump(), contextOf(machine));
    for (const operation of first.operations) machine.node.run(operation);
    for (const to of snapshots) {
      const files = machine.node.dump();
      const { operations: steps } = planNode(to, 'ipvs', { files });
      await rehearse(steps, files, contextOf(machine));
      expect(machine.node.dump()).toEqual(files);
    }
  }
});
