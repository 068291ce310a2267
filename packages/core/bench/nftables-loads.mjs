import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changeNftables, compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import { generateSnapshot } from './generate-snapshot.mjs';

const sizes = [
  [1000, 2],
  [3000, 2],
  [10_000, 2],
  [1000, 10],
  [3000, 10],
  [10_000, 10],
];

/** The quickest counts, since other work on the machine only adds; kube-proxy's layout takes long enough once. */
const rounds = { 'kube-proxy': 1, fast: 3 };

/** Seconds; growth is from 1,000 to 10,000 Services. */
const limits = { load: 1.5, change: 0.05, growth: 13 };

const loader = fileURLToPath(new URL('time-nft.mjs', import.meta.url));

/** How long a kernel takes to load both layouts of nftables mode, in an empty network namespace, and then one changed endpoint. */
export function measureLoads() {
  const missing = whatIsMissing();
  if (missing) return { table: `(no load times: ${missing})`, failures: [] };
  const rows = sizes.map(([services, endpoints]) => ({
    services,
    endpoints,
    'kube-proxy': measure(services, endpoints, 'kube-proxy'),
    fast: measure(services, endpoints, 'fast'),
  }));
  const table = [
    '| services × endpoints | kube-proxy: load | one endpoint | fast: load | one endpoint |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.services.toLocaleString('en')} × ${row.endpoints} | ${cells(row['kube-proxy'])} | ${cells(row.fast)} |`,
    ),
  ].join('\n');
  return { table, failures: check(rows) };
}

function cells({ load, change }) {
  return `${load.toFixed(2)} s | ${change.toFixed(3)} s`;
}

function whatIsMissing() {
  try {
    execFileSync('unshare', ['--net', 'nft', 'list', 'ruleset'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `${error.message.split('\n')[0]}; root and nft are needed`;
  }
}

function measure(services, endpoints, layout) {
  const folder = mkdtempSync(join(tmpdir(), 'kube-rules-bench-'));
  try {
    const text = generateSnapshot(services, endpoints);
    const before = compile(parseSnapshot(text).snapshot, 'nftables', { layout });
    // An endpoint of the second Service moves; the first has session affinity.
    const moved = text.replace(`"10.${endpoints}.0.0"`, '"10.99.255.254"');
    const after = compile(parseSnapshot(moved).snapshot, 'nftables', { layout, previous: before });
    const documents = [joined(renderFiles(before)), changeNftables(before, after).scripts.join('')];
    const files = documents.map((document, index) => {
      const file = join(folder, `${index}.nft`);
      writeFileSync(file, document);
      return file;
    });
    const args = ['--net', process.execPath, loader, ...files];
    const runs = Array.from({ length: rounds[layout] }, () =>
      JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' })),
    );
    return {
      load: Math.min(...runs.map(([load]) => load)),
      change: Math.min(...runs.map(([, change]) => change)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function joined(files) {
  return Object.values(files).join('');
}

function check(rows) {
  const fast = (services, endpoints) =>
    rows.find((row) => row.services === services && row.endpoints === endpoints).fast;
  const largest = fast(10_000, 10);
  const figures = {
    load: largest.load,
    change: largest.change,
    growth: largest.load / fast(1000, 10).load,
  };
  return Object.entries(limits)
    .filter(([name, limit]) => figures[name] > limit)
    .map(
      ([name, limit]) =>
        `nftables, fast layout in a kernel: ${name} is ${figures[name].toFixed(2)}, the limit is ${limit}`,
    );
}
