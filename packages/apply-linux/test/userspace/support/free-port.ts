import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A port that is free for TCP and UDP, and is not one of those that the kernel gives to clients. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await canListen(host, port)) && (await canBind(host, port))) return port;
  }
}

/** Whether a TCP server may have this address. */
export async function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function canBind(host: string, port: number): Promise<boolean> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
