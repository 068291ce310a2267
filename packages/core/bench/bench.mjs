// Prints how long parsing, compiling, printing and linting take, in multiples of JSON.parse of the same snapshot in the same
// process, how long a kernel takes to load nftables rules, and how long reading a node back and tracing take: `npm run
// bench`. With
// `-- --readme` the tables also replace those in README.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureLoads } from './nftables-loads.mjs';
import { measureReadBack } from './read-back.mjs';
import { measureTraces } from './traces.mjs';

const sizes = [100, 1000, 10_000];
const endpoints = 10;
const variants = ['iptables', 'ipvs', 'userspace', 'nftables', 'nftables fast'];
const limits = { multiple: 6, growth: 12, lint: 2, peakMiB: 1024 };

const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
const rows = variants.flatMap((variant) => sizes.map((services) => measure(services, variant)));
const table = [
  '| mode | services × endpoints | `JSON.parse` | parse | compile | print | compile + print | lint | output | peak memory |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...rows.map(printRow),
].join('\n');
console.log(table);
const loads = measureLoads();
console.log(`\n${loads.table}`);
const readBack = measureReadBack();
console.log(`\n${readBack.table}`);
const traces = measureTraces();
console.log(`\n${traces.table}`);
const failures = [
  ...variants.flatMap((variant) => check(rows.filter((row) => row.variant === variant))),
  ...loads.failures,
  ...readBack.failures,
  ...traces.failures,
];
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
if (process.argv.includes('--readme')) writeReadme();

function measure(services, variant) {
  const args = ['--expose-gc', script, String(services), String(endpoints), ...variant.split(' ')];
  return { variant, ...JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) };
}

function printRow(row) {
  const { jsonParse } = row;
  const cell = (time) =>
    `${time.toFixed(time < 10 ? 1 : 0)} ms (${(time / jsonParse).toFixed(1)} ×)`;
  const times = [row.parse, row.compile, row.print, workOf(row), row.lint].map(cell).join(' | ');
  const size = `${row.services.toLocaleString('en')} × ${row.endpoints}`;
  const json = `${jsonParse.toFixed(jsonParse < 10 ? 1 : 0)} ms`;
  return `| ${row.variant} | ${size} | ${json} | ${times} | ${(row.bytes / 1e6).toFixed(1)} MB | ${row.peakMiB.toFixed(0)} MiB |`;
}

/** The limits at the largest size, and growth no worse than linear over a factor of ten. */
function check(ofVariant) {
  const [, middle, largest] = ofVariant;
  const figures = {
    multiple: workOf(largest) / largest.jsonParse,
    growth: workOf(largest) / workOf(middle),
    lint: largest.lint / largest.jsonParse,
    peakMiB: largest.peakMiB,
  };
  return Object.entries(limits)
    .filter(([name, limit]) => figures[name] > limit)
    .map(
      ([name, limit]) =>
        `${largest.variant}: ${name} is ${figures[name].toFixed(1)}, the limit is ${limit}`,
    );
}

function workOf(row) {
  return row.compile + row.print;
}

function writeReadme() {
  const path = fileURLToPath(new URL('../../../README.md', import.meta.url));
  let text = readFileSync(path, 'utf8');
  for (const [mark, content] of [
    ['bench', table],
    ['loads', loads.table],
    ['read-back', readBack.table],
    ['traces', traces.table],
  ]) {
    const marked = new RegExp(`(<!-- ${mark} -->\\n)[^]*?(<!-- /${mark} -->)`);
    text = text.replace(marked, `$1\n${content}\n\n$2`);
  }
  writeFileSync(path, text);
}
