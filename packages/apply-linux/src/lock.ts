import { createConnection, createServer } from 'node:net';
import { ApplyError } from './apply-error.ts';

/**
 * An abstract socket: there is one of a name in each network namespace, as there is one set of rules,
 * and the kernel takes it away with the process, however that ends.
 */
const lockName = '\0kube-rules-apply';

export interface Lock {
  readonly name: string;
  /** What the other process does that holds it. */
  readonly work: string;
}

const nodeLock: Lock = { name: lockName, work: 'Another kube-rules changes this node' };

/** Held by `kube-rules proxy` as long as it runs: two on a node would take each other's rules away. */
const proxyLock: Lock = {
  name: '\0kube-rules-proxy',
  work: 'Another kube-rules proxy runs on this node',
};

/**
 * Runs a task while no other proxy runs on the node.
 *
 * @throws {ApplyError} with code `LOCK_HELD` and the other process's number.
 */
export async function withProxyLock<T>(task: () => Promise<T>): Promise<T> {
  return withLock(task, proxyLock);
}

/**
 * Runs a task while no other process on the node does.
 *
 * @param lock Another lock than that of the node, for tests.
 * @throws {ApplyError} with code `LOCK_HELD` and the other process's number.
 */
export async function withLock<T>(
  task: () => Promise<T>,
  { name, work }: Lock = nodeLock,
): Promise<T> {
  // One who asks and does not hang up must not keep the lock.
  const server = createServer((socket) => {
    socket.on('error', () => {}).end(String(process.pid), () => socket.destroySoon());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: name }, resolve);
  }).catch(async () => {
    throw new ApplyError('LOCK_HELD', `${work} (process ${await readHolder(name)}).`, {
      hint: 'Wait until it is done; a killed process leaves no lock behind.',
    });
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
