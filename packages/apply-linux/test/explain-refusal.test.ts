import { expect, test } from 'vitest';
import { explainRefusal } from '../src/explain-refusal.ts';
import {
  createScriptedMachine,
  fail,
  say,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

const input = `*nat
:KUBE-SERVICES - [0:0]
-A KUBE-SERVICES -m statistic --mode random --probability 0.5 -j ACCEPT
-A KUBE-SERVICES -p tcp -d 10.96.0.1/32 -j ACCEPT
COMMIT
`;

function refusing(text: string): ScriptedMachine {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'unshare --net sh' && machine.inputs.at(-1)?.includes(text)
      ? fail('iptables-restore: line 5 failed')
      : undefined;
  return machine;
}

const command = 'iptables-legacy-restore';

test('a held lock names who has it, where that is seen', async () => {
  const result = fail('Another app is currently holding the xtables lock.', 4);
  const machine = createScriptedMachine();
  expect(await explainRefusal(machine, { command, input, result })).toMatchObject({
    code: 'LOCK_HELD',
    message: `${command} failed with status 4: Another app is currently holding the xtables lock.`,
  });
  machine.files.set('/proc/locks', '2: FLOCK  ADVISORY  WRITE 812 00:1a:1234 0 EOF\n');
  machine.files.set('/proc/812/comm', 'kube-proxy\n');
  machine.answer = (call) => (call.startsWith('stat ') ? say('1234\n') : undefined);
  expect(await explainRefusal(machine, { command, input, result })).toMatchObject({
    code: 'LOCK_HELD',
    message: expect.stringMatching(/\nThe lock is held by kube-proxy \(process 812\)\.$/),
    hint: 'Another program changes iptables rules; try again when it is done.',
  });
});

test('a missing match is named with its module', async () => {
  const result = fail('iptables-restore: line 5 failed');
  const error = await explainRefusal(refusing('-m statistic'), { command, input, result });
  expect(error).toMatchObject({
    code: 'KERNEL_LACKS',
    message: expect.stringContaining('\nThe kernel has no -m statistic (module xt_statistic).'),
    hint: expect.stringMatching(/^Load it with modprobe xt_statistic;/),
  });
});

test('the refused line is found where the tool names COMMIT, and kept where it names a rule', async () => {
  const wrong = '-A KUBE-SERVICES -p tcp -d 10.96.0.1/32 -j ACCEPT';
  const atEnd = fail('iptables-restore: line 5 failed');
  const found = await explainRefusal(refusing('10.96.0.1'), { command, input, result: atEnd });
  expect(found).toMatchObject({ code: 'RULE_REFUSED', line: wrong });
  const machine = createScriptedMachine();
  const named = fail('iptables-restore: line 4 failed');
  expect(await explainRefusal(machine, { command, input, result: named })).toMatchObject({
    code: 'RULE_REFUSED',
    line: wrong,
  });
});

test.for([
  ['ipset', 'create KUBE-CLUSTER-IP hash:ip,port family inet\n', 'ip_set_hash_ipport'],
  ['ipset', 'create KUBE-NODE-PORT-TCP bitmap:port range 0-65535\n', 'ip_set_bitmap_port'],
  ['ipvsadm', '-A -t 10.96.0.1:443 -s maglev\n', 'ip_vs_mh'],
] as const)('%s: what the kernel lacks for %s', async ([tool, text, module]) => {
  const lines = text.replace('maglev', 'mh');
  const result = fail(`${tool}: line 1: Kernel error received: Invalid argument`);
  const call = { command: tool, input: lines, result };
  expect(await explainRefusal(createScriptedMachine(), call)).toMatchObject({
    code: 'KERNEL_LACKS',
    line: lines.trimEnd(),
    message: expect.stringContaining(`(module ${module})`),
    hint: expect.stringContaining(`modprobe ${module}`),
  });
});

test('what has another cause stays as it is, and nothing is asked', async () => {
  const machine = createScriptedMachine();
  const result = fail('Cannot allocate memory');
  expect(await explainRefusal(machine, { command, input, result })).toMatchObject({
    code: 'NO_MEMORY',
  });
  expect(machine.calls).toEqual([]);
});
