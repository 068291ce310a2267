import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { withLock } from '../src/lock.ts';

/** None of the node's, and not of another run of these tests. */
const name = `\0kube-rules-test-${process.pid}`;
const lock = { name, work: 'Another test runs' };

test('one at a time in a process, and again afterwards, also after a failure', async () => {
  const inner = withLock(() => withLock(async () => 'never', lock), lock);
  await expect(inner).rejects.toMatchObject({
    code: 'LOCK_HELD',
    message: `Another test runs (process ${process.pid}).`,
  });
  expect(await withLock(async () => 7, lock)).toBe(7);
});

test('another process is told who holds it; a killed one leaves nothing behind', async () => {
  const program = `require('node:net').createServer((socket) => socket.end(String(process.pid)))
    .listen({ path: ${JSON.stringify(name)} }, () => console.log('held'));`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await expect(withLock(async () => 1, lock)).rejects.toMatchObject({
    code: 'LOCK_HELD',
    message: expect.stringContaining(`(process ${holder.pid})`),
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await withLock(async () => 1, lock)).toBe(1);
});

test('one who asks and does not hang up does not keep the lock', async () => {
  const socket = connect({ path: name, allowHalfOpen: true });
  socket.on('error', () => {});
  const task = withLock(async () => {
    const asking = connect({ path: name, allowHalfOpen: true });
    asking.on('error', () => {});
    await once(asking, 'connect');
    return asking;
  }, lock);
  const asking = await task;
  asking.destroy();
  socket.destroy();
  expect(await withLock(async () => 1, lock)).toBe(1);
});
