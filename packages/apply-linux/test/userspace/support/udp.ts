import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A UDP socket on an address that lives as long as the test. */
export async function bindUDP(host = '127.0.0.1', port = 0): Promise<Socket> {
  const socket = createSocket({
    type: host.includes(':') ? 'udp6' : 'udp4',
    recvBufferSize: 1 << 20,
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  onTestFinished(() => closeUDP(socket));
  return socket;
}

export function closeUDP(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // It is closed already.
  }
}

export interface UDPEndpoint {
  readonly address: string;
  readonly socket: Socket;
  /** Who spoke to it: `127.0.0.1:40123`. */
  readonly clients: Set<string>;
}

/** Answers each datagram with its name and what it was told. */
export async function startUDPEndpoint(name: string, host = '127.0.0.1'): Promise<UDPEndpoint> {
  const socket = await bindUDP(host);
  const clients = new Set<string>();
  socket.on('message', (data: Buffer, client: RemoteInfo) => {
    clients.add(`${client.address}:${client.port}`);
    socket.send(name === '' ? data : `${name}:${data.toString()}`, client.port, client.address);
  });
  const { address, port } = socket.address();
  return {
    address: host.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
    socket,
    clients,
  };
}

/** Sends a datagram and gives the answer; `undefined` if there is none in time. */
export async function askUDP(
  socket: Socket,
  port: number,
  data: string | Buffer,
): Promise<Buffer | undefined> {
  const host = socket.address().family === 'IPv6' ? '::1' : '127.0.0.1';
  socket.send(data, port, host);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 300);
    socket.once('message', (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
