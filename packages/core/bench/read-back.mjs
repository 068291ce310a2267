import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sizes = [1000, 10_000];
const endpoints = 10;
const variants = ['iptables', 'ipvs', 'nftables kube-proxy', 'nftables fast'];

/** Of parsing, in multiples of JSON.parse of the snapshot and in MiB; growth is from 1,000 to 10,000 Services. */
const limits = { multiple: 20, peakMiB: 1536, growth: 12 };

const steps = [
  ['parse', 'parse'],
  ['normalize', 'normalize'],
  ['diffEqual', 'diff of the same'],
  ['diffChanged', 'diff, one endpoint'],
  ['audit', 'audit'],
];

/** How long it takes to read a node's dumps back and to hold them against the cluster. */
export function measureReadBack() {
  const possible = variants.filter((variant) => (variant.endsWith('fast') ? hasNft() : true));
  const rows = possible.flatMap((variant) => sizes.map((services) => measure(services, variant)));
  const table = [
    `| dumps of | services × endpoints | size | \`JSON.parse\` | ${steps.map(([, title]) => title).join(' | ')} | peak memory: parse | audit |`,
    `|---|---|---|---|${steps.map(() => '---|').join('')}---|---|`,
    ...rows.map(printRow),
  ].join('\n');
  const failures = possible.flatMap((variant) =>
    check(rows.filter((row) => row.variant === variant)),
  );
  return { table, failures };
}

function hasNft() {
  try {
    execFileSync('unshare', ['--net', 'nft', 'list', 'ruleset'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function measure(services, variant) {
  const folder = mkdtempSync(join(tmpdir(), 'kube-rules-bench-'));
  const words = variant.split(' ');
  try {
    runScript('write-dumps.mjs', [folder, services, endpoints, ...words]);
    const parsed = JSON.parse(runScript('measure-read-back.mjs', ['parse', folder, ...words]));
    const audited = JSON.parse(runScript('measure-read-back.mjs', ['audit', folder, ...words]));
    return {
      ...audited,
      variant,
      services,
      parse: parsed.parse,
      normalize: parsed.normalize,
      jsonParse: parsed.jsonParse,
      auditPeakMiB: audited.peakMiB,
      peakMiB: parsed.peakMiB,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runScript(name, args) {
  const script = fileURLToPath(new URL(name, import.meta.url));
  return execFileSync(process.execPath, ['--expose-gc', script, ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function printRow(row) {
  const { jsonParse, variant, services, bytes, peakMiB, auditPeakMiB } = row;
  const cells = [
    variant,
    `${services.toLocaleString('en')} × ${endpoints}`,
    `${(bytes / 1e6).toFixed(1)} MB`,
    printTime(jsonParse),
    ...steps.map(([step]) => `${printTime(row[step])} (${(row[step] / jsonParse).toFixed(1)} ×)`),
    `${peakMiB.toFixed(0)} MiB`,
    `${auditPeakMiB.toFixed(0)} MiB`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function printTime(time) {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

function check([middle, largest]) {
  const figures = {
    multiple: largest.parse / largest.jsonParse,
    peakMiB: largest.peakMiB,
    growth: largest.parse / middle.parse,
  };
  return Object.entries(limits)
    .filter(([name, limit]) => figures[name] > limit)
    .map(
      ([name, limit]) =>
        `parsing dumps of ${largest.variant}: ${name} is ${figures[name].toFixed(1)}, the limit is ${limit}`,
    );
}
