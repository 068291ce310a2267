import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection that ends with the test at the latest. */
export async function open(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

/** What a connection says until it ends; it is ended from this side at once. */
export async function ask(port: number, host?: string): Promise<string> {
  const socket = await open(port, host);
  socket.end();
  return readAll(socket);
}

/** All until the end of a connection, or until it is closed; the other half stays open. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('end', resolve).once('close', resolve);
  });
  return Buffer.concat(chunks).toString();
}
