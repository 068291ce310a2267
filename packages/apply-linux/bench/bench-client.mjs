// Asks for bytes over a few connections, or opens one connection after the other, and tells how many there were:
// `node bench-client.mjs bytes|connections PORT MILLISECONDS`.
import { connect } from 'node:net';

const [what, port, milliseconds] = process.argv.slice(2);

/** The first moments, in which buffers fill and code is compiled, do not count. */
const warmUp = 200;

let [amount, isOver] = [0, false];
const workers = {
  bytes: { atOnce: 4, work: receive },
  connections: { atOnce: 32, work: ask },
};

for (let index = 0; index < workers[what].atOnce; index += 1) workers[what].work();
setTimeout(() => {
  const before = amount;
  setTimeout(() => {
    isOver = true;
    process.send(amount - before, () => process.exit());
  }, Number(milliseconds));
}, warmUp);

function open() {
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  socket.on('error', (error) => {
    throw error;
  });
  socket.write(what);
  return socket;
}

function receive() {
  open().on('data', ({ length }) => (amount += length));
}

function ask() {
  const socket = open();
  socket.resume().on('close', () => {
    amount += 1;
    if (!isOver) ask();
  });
}
