import { expect, test } from 'vitest';
import { describeLockHolder } from '../src/lock-holder.ts';
import {
  createScriptedMachine,
  fail,
  say,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

const locks = `1: POSIX  ADVISORY  WRITE 700 00:19:77 0 EOF
2: FLOCK  ADVISORY  WRITE 812 00:1a:1234 0 EOF
2: -> FLOCK  ADVISORY  WRITE 900 00:1a:1234 0 EOF
`;

function machineWith(inode: string): ScriptedMachine {
  const machine = createScriptedMachine();
  machine.files.set('/proc/locks', locks).set('/proc/812/comm', 'iptables-restor\n');
  machine.answer = (call) =>
    call === 'stat -c %i /run/xtables.lock' ? say(`${inode}\n`) : undefined;
  return machine;
}

test('the process that has the lock, not one that waits for it', async () => {
  const machine = machineWith('1234');
  expect(await describeLockHolder(machine)).toBe('iptables-restor (process 812)');
  machine.files.delete('/proc/812/comm');
  expect(await describeLockHolder(machine)).toBe('a process that is not seen (process 812)');
});

test('nobody: another file is locked, or nothing can be seen', async () => {
  expect(await describeLockHolder(machineWith('12'))).toBeUndefined();
  const blind = machineWith('1234');
  blind.files.delete('/proc/locks');
  expect(await describeLockHolder(blind)).toBeUndefined();
  const without = machineWith('1234');
  without.answer = (call) => (call.startsWith('stat') ? fail('No such file') : undefined);
  expect(await describeLockHolder(without)).toBeUndefined();
});
