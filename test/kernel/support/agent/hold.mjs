// Connections that last: a request every few milliseconds, until they are released or end.
import { connect } from 'node:net';

// No ports that the clients of local-port.mjs take, and none that was used just now.
let lastPort = 10_000 + (process.pid % 20_000);

const held = new Map();

/** Opens one, and gives its id. */
export async function hold({ address, port, everyMs, patienceMs }) {
  lastPort += 1;
  const id = lastPort;
  const result = { requests: 0, answers: 0, slowest: 0, failures: [], servers: [] };
  const waiting = [];
  const socket = connect({ host: address, port, localPort: id });
  socket.setEncoding('utf8').setNoDelay(true);
  const timer = setInterval(() => {
    const [oldest] = waiting;
    if (oldest !== undefined && performance.now() - oldest > patienceMs) fail('no answer');
    else if (socket.writable) ask();
  }, everyMs);
  const fail = (reason) => {
    result.failures.push(`${reason} after ${result.requests} requests`);
    clearInterval(timer);
  };
  const ask = () => {
    result.requests += 1;
    waiting.push(performance.now());
    socket.write('?\n');
  };
  // Requests that come at once are answered at once.
  socket.on('data', (text) => {
    const [server = ''] = text.split(' ');
    if (!result.servers.includes(server)) result.servers.push(server);
    const now = performance.now();
    result.slowest = Math.max(result.slowest, Math.round(now - (waiting[0] ?? now)));
    result.answers += waiting.length;
    waiting.length = 0;
  });
  socket.on('end', () => fail('closed'));
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', (error) => fail(error.code));
  const end = () => {
    clearInterval(timer);
    socket.destroy();
  };
  held.set(id, { result, end });
  return id;
}

/** What became of one so far. */
export function look(id) {
  return held.get(id).result;
}

/** Ends one; gives what became of it. */
export function release(id) {
  const { result, end } = held.get(id);
  held.delete(id);
  end();
  return result;
}
