// An endpoint that sends everything back, for more connections than one process may have on both sides.
import { createServer } from 'node:net';

const server = createServer((socket) => socket.on('error', () => {}).pipe(socket));
process.on('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.send(`127.0.0.1:${server.address().port}`),
);
