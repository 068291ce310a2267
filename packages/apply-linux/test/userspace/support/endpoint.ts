import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { joinHostPort } from '../../../src/userspace/parse-host-port.ts';
import { findFreePort } from './free-port.ts';

export interface Endpoint {
  /** `127.0.0.1:40123` */
  readonly address: string;
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
}

/** An endpoint on 127.0.0.1 that lives as long as the test. */
export async function startEndpoint(
  serve: (socket: Socket) => void,
  host = '127.0.0.1',
): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    serve(socket);
  });
  server.listen({ port: await findFreePort(host), host, backlog: 4096 });
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: joinHostPort({ host, port: portOf(server) }), server, sockets };
}

/** An endpoint that says its name and ends. */
export async function startNamed(name: string, host?: string): Promise<Endpoint> {
  return startEndpoint((socket) => socket.resume().end(name), host);
}

/** An endpoint that sends everything back, and ends when the other end does. */
export async function startEcho(host?: string): Promise<Endpoint> {
  return startEndpoint((socket) => void socket.pipe(socket), host);
}

/** An address at which nobody listens. */
export async function refusingAddress(): Promise<string> {
  return `127.0.0.1:${await findFreePort()}`;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
  return address.port;
}
