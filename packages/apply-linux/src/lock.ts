import { createConnection, createServer } from 'node:net';
import { ApplyError } from './apply-error.ts';

/**
 * An abstract socket: there is one of a name in each network namespace, as there is one set of rules,
 * and the kernel takes it away with the process, however that ends.
 */
const lockName = '\0kube-rules-apply';

/**
 * Runs a task while no other process on the node does.
 *
 * @param name Another lock than that of the node, for tests.
 * @throws {ApplyError} with code `LOCK_HELD` and the other process's number.
 */
export async function withLock<T>(task: () => Promise<T>, name: string = lockName): Promise<T> {
  // One who asks and does not hang up must not keep the lock.
  const server = createServer((socket) => {
    socket.on('error', () => {}).end(String(process.pid), () => socket.destroySoon());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: name }, resolve);
  }).catch(async () => {
    throw new ApplyError(
      'LOCK_HELD',
      `Another kube-rules changes this node (process ${await readHolder(name)}).`,
      { hint: 'Wait until it is done; a killed process leaves no lock behind.' },
    );
  });
  try {
    return await task();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

async function readHolder(name: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection({ path: name });
    socket.on('data', (data) => (text += data.toString()));
    socket.on('error', () => resolve('unknown'));
    socket.on('close', () => resolve(text === '' ? 'unknown' : text));
  });
}
