// One connection that lasts: a request every few milliseconds, until standard input ends. Prints what became of it.
import { connect } from 'node:net';

const [host, port, everyMs, patienceMs] = process.argv.slice(2);
const result = { requests: 0, answers: 0, slowest: 0, failures: [], servers: [] };
const waiting = [];
// No port that the clients of local-port.mjs take, and none that was used just now.
const localPort = 10_000 + (process.pid % 20_000);
const socket = connect({ host, port: Number(port), localPort });
socket.setEncoding('utf8').setNoDelay(true);

const timer = setInterval(() => {
  const [oldest] = waiting;
  if (oldest !== undefined && performance.now() - oldest > Number(patienceMs)) fail('no answer');
  else if (socket.writable) ask();
}, Number(everyMs));

function ask() {
  result.requests += 1;
  waiting.push(performance.now());
  socket.write('?\n');
}

// Requests that come at once are answered at once.
socket.on('data', (text) => {
  const [server = ''] = text.split(' ');
  if (!result.servers.includes(server)) result.servers.push(server);
  const now = performance.now();
  result.slowest = Math.max(result.slowest, Math.round(now - (waiting[0] ?? now)));
  result.answers += waiting.length;
  waiting.length = 0;
});
socket.on('connect', () => process.stdout.write('connected\n'));
socket.on('error', (error) => fail(error.code));
socket.on('end', () => fail('closed'));

function fail(reason) {
  result.failures.push(`${reason} after ${result.requests} requests`);
  clearInterval(timer);
}

process.stdin.resume();
process.stdin.on('end', () => {
  clearInterval(timer);
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
});
