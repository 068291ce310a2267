import { createSocket, type Socket } from 'node:dgram';
import type { HostPort } from './parse-host-port.ts';

/** For bursts, and a datagram of 65,507 bytes; the kernel gives as much of it as it may. */
const recvBufferSize = 1 << 20;

/** A socket of the family of an address; addresses are given as such, so nothing has to be looked up. */
export function createDatagramSocket(host: string): Socket {
  const isIPv6 = host.includes(':');
  return createSocket({
    type: isIPv6 ? 'udp6' : 'udp4',
    ipv6Only: isIPv6,
    recvBufferSize,
    lookup: (address, _options, callback) => callback(null, address, isIPv6 ? 6 : 4),
  });
}

/** Binds a socket, and gives the port; rejects with the error of the system and closes it. */
export async function bind(socket: Socket, { host, port }: HostPort): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address: host, port, exclusive: true }, resolve);
  });
  socket.removeAllListeners('error');
  return socket.address().port;
}
