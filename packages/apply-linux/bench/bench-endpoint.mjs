// An endpoint: sends without end to who asks for bytes, and one byte and the end to others.
import { createServer } from 'node:net';

const block = Buffer.alloc(1 << 16);

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (asked) => {
    if (String(asked) !== 'bytes') return socket.end('.');
    const send = () => {
      while (socket.writable && socket.write(block));
    };
    socket.on('drain', send);
    send();
  });
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
  process.send(server.address().port),
);
process.on('disconnect', () => process.exit());
