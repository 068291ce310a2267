// Prints how long apply takes in a kernel, in all and in the node's tools, then what the proxy carries: `npm run bench`.
// With `-- --readme` the tables also replace those in README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sizes = [1000, 5000];
const endpoints = 10;
const variants = [
  { name: 'iptables, nft back end', args: ['iptables', 'nft'] },
  { name: 'iptables, legacy back end', args: ['iptables', 'legacy'] },
  { name: 'nftables, fast layout', args: ['nftables', 'nft'] },
];

/** One changed Service, in multiples of what the tools take to read the node before and after, and to write. */
const limit = 1.5;

const script = fileURLToPath(new URL('measure-apply.mjs', import.meta.url));
const rows = variants.flatMap(({ name, args }) =>
  sizes.map((services) => ({ name, services, ...measure(services, args) })),
);
const cell = ({ all, tools }) => `${all.toFixed(2)} s (${tools.toFixed(2)} s)`;
const table = [
  '| mode | services × endpoints | first apply | nothing to do | one Service changed | of that, not in tools |',
  '|---|---|---|---|---|---|',
  ...rows.map(({ name, services, first, nothing, change }) => {
    const times = [first, nothing, change].map(cell).join(' | ');
    const own = `${(change.all - change.tools).toFixed(2)} s`;
    return `| ${name} | ${services.toLocaleString('en')} × ${endpoints} | ${times} | ${own} |`;
  }),
].join('\n');
console.log(`\n${table}`);
const failures = rows.filter(
  ({ name, change }) => name === variants[0].name && change.all > limit * change.tools,
);
for (const { name, services, change } of failures)
  console.error(
    `apply of one changed Service of ${services} (${name}) takes ${(change.all / change.tools).toFixed(2)} times as long as the tools; the limit is ${limit}`,
  );
process.exitCode = failures.length > 0 ? 1 : 0;
if (process.argv.includes('--readme')) writeReadme();
const proxyBench = fileURLToPath(new URL('bench-proxy.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [proxyBench, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (status !== 0) process.exitCode = 1;

function measure(services, args) {
  const program = [process.execPath, '--max-old-space-size=8192', script];
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
  const words = ['--net', ...program, String(services), String(endpoints), ...args];
  return JSON.parse(execFileSync('unshare', words, options));
}

function writeReadme() {
  const path = fileURLToPath(new URL('../../../README.md', import.meta.url));
  const marked = /(<!-- applies -->\n)[^]*?(<!-- \/applies -->)/;
  writeFileSync(path, readFileSync(path, 'utf8').replace(marked, `$1\n${table}\n\n$2`));
}
