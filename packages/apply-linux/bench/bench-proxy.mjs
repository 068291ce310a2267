// Prints how much the proxy of userspace mode carries, beside a direct connection and beside the least that a proxy in
// Node can be. With `--readme` the table also replaces that in README.md. Endpoint, proxy and client are processes of
// their own; the proxy has a processor for itself where there are two.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const rounds = 3;
const milliseconds = 700;

/** Of what the plain pipe carries; other work on the machine moves it by a factor of two. */
const limit = 0.25;

const endpoint = await start('bench-endpoint.mjs', 0);
const proxies = [
  { name: 'direct', ...endpoint },
  { name: 'plain Node pipe', ...(await start('bench-pipe.mjs', 1, endpoint.port)) },
  { name: 'kube-rules proxy', ...(await start('bench-listener.mjs', 1, endpoint.port)) },
];
const rows = proxies.map(({ name }) => ({ name, bytes: [], connections: [] }));
// One after the other, again and again: what else the machine does then hits all of them.
for (let round = 0; round < rounds; round += 1) {
  for (const [index, { port }] of proxies.entries()) {
    for (const what of ['bytes', 'connections']) rows[index][what].push(await measure(what, port));
  }
}
for (const { child } of proxies) child.kill();

const [direct, pipe, own] = rows.map(({ name, bytes, connections }) => ({
  name,
  megabytes: median(bytes) / 1e6,
  connections: median(connections),
}));
const share = (part, whole) => `${Math.round((100 * part) / whole)} %`;
const table = [
  '| | MB/s | of the pipe | connections a second | of the pipe |',
  '|---|---|---|---|---|',
  ...[direct, pipe, own].map(
    ({ name, megabytes, connections }) =>
      `| ${name} | ${megabytes.toFixed(0)} | ${share(megabytes, pipe.megabytes)} | ${Math.round(connections).toLocaleString('en')} | ${share(connections, pipe.connections)} |`,
  ),
].join('\n');
console.log(`\n${table}`);
if (process.argv.includes('--readme')) writeReadme();
for (const what of ['megabytes', 'connections']) {
  if (own[what] >= limit * pipe[what]) continue;
  console.error(
    `the proxy carries ${share(own[what], pipe[what])} of the ${what} of a plain pipe; the limit is ${limit * 100} %`,
  );
  process.exitCode = 1;
}

/** What was carried in a second. */
async function measure(what, port) {
  const args = [what, String(port), String(milliseconds)];
  const child = run('bench-client.mjs', 0, args);
  const [amount] = await once(child, 'message');
  return (amount * 1000) / milliseconds;
}

/** A program that tells the port on which it listens. */
async function start(program, processor, ...args) {
  const child = run(program, processor, args.map(String));
  const [port] = await once(child, 'message');
  return { child, port };
}

function run(program, processor, args) {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(processor)] : [];
  const [command, ...rest] = [...pinned, process.execPath, file, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('exit', (code) => {
    if (code) throw new Error(`${program} ended with ${code}.`);
  });
  return child;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function writeReadme() {
  const path = fileURLToPath(new URL('../../../README.md', import.meta.url));
  const marked = /(<!-- proxy -->\n)[^]*?(<!-- \/proxy -->)/;
  writeFileSync(path, readFileSync(path, 'utf8').replace(marked, `$1\n${table}\n\n$2`));
}
