// Each request is answered with the two ends of the connection as the server sees them.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { printEnd } from './print-end.mjs';

export async function serve(addresses, ports) {
  await Promise.all([...ports.map((port) => serveTCP(port)), serveUDP(addresses, ports)]);
}

/** UDP alone, for addresses that come later: a TCP server answers at them without being told. */
export async function serveUDP(addresses, ports) {
  await Promise.all(ports.flatMap((port) => addresses.map((address) => answerUDP(address, port))));
}

async function serveTCP(port) {
  const server = createServer((socket) => {
    const destination = printEnd(socket.localAddress, socket.localPort);
    const source = printEnd(socket.remoteAddress);
    socket.on('data', () => socket.write(`${destination} ${source}\n`));
    socket.on('error', () => socket.destroy());
  });
  server.listen({ host: '::', port, backlog: 4096 });
  await once(server, 'listening');
}

// One socket an address: an answer must leave from the address that was asked, and node:dgram cannot choose it on a wildcard socket.
async function answerUDP(address, port) {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const destination = printEnd(address, port);
  socket.on('message', (_message, peer) => {
    socket.send(`${destination} ${printEnd(peer.address)}\n`, peer.port, peer.address, () => {});
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  socket.on('error', () => {});
}
