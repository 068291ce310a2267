// The least that a TCP proxy can be: `node bench-pipe.mjs PORT`, where an endpoint listens.
import { connect, createServer } from 'node:net';

const port = Number(process.argv[2]);

const server = createServer((client) => {
  const endpoint = connect({ host: '127.0.0.1', port });
  for (const [one, other] of [
    [client, endpoint],
    [endpoint, client],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
  process.send(server.address().port),
);
process.on('disconnect', () => process.exit());
