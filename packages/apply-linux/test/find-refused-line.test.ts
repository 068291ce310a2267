import { expect, test } from 'vitest';
import { findRefusedLine } from '../src/find-refused-line.ts';
import { createScriptedMachine, fail, type ScriptedMachine } from './support/scripted-machine.ts';

const rules = Array.from(
  { length: 40 },
  (_, index) => `-A KUBE-SERVICES -d 10.96.0.${index}/32 -j KUBE-SVC-AAAAAAAAAAAAAAAA`,
);
const filter = '*filter\n:KUBE-FORWARD - [0:0]\n-A KUBE-FORWARD -j ACCEPT\nCOMMIT\n';
const input = `${filter}*nat\n:KUBE-SERVICES - [0:0]\n${rules.join('\n')}\nCOMMIT\n`;

/** Its kernel refuses documents with some text, and names their end only. */
function refusing(text: string): ScriptedMachine {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'unshare --net sh' && machine.inputs.at(-1)?.includes(text)
      ? fail('iptables-restore: line 44 failed')
      : undefined;
  return machine;
}

test.for([0, 1, 19, 20, 38, 39])('rule %i, by halves', async (number) => {
  const machine = refusing(`10.96.0.${number}/32`);
  expect(await findRefusedLine(machine, 'iptables-legacy-restore', input)).toBe(rules[number]);
  expect(machine.calls.length).toBeLessThan(10);
  expect(new Set(machine.calls)).toEqual(new Set(['unshare --net sh']));
});

test('of two refused ones the first', async () => {
  const machine = createScriptedMachine();
  machine.answer = () =>
    /10\.96\.0\.(?:7|30)\//.test(machine.inputs.at(-1) ?? '') ? fail('no') : undefined;
  expect(await findRefusedLine(machine, 'iptables-legacy-restore', input)).toBe(rules[7]);
});

test('none: all is taken, rules that look into sets are left out, or nothing can be tried', async () => {
  const all = createScriptedMachine();
  expect(await findRefusedLine(all, 'iptables-legacy-restore', input)).toBeUndefined();
  const sets =
    '*nat\n-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT\nCOMMIT\n';
  expect(await findRefusedLine(all, 'iptables-legacy-restore', sets)).toBeUndefined();
  const confined = createScriptedMachine();
  confined.answer = () => fail('unshare: unshare failed: Operation not permitted');
  expect(await findRefusedLine(confined, 'iptables-legacy-restore', input)).toBeUndefined();
});
