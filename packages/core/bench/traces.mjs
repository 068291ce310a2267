import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const services = 10_000;
const endpoints = 10;
const variants = ['iptables', 'ipvs', 'nftables', 'nftables fast'];

/** Of one packet, in milliseconds. */
const limit = 5;

/** How long it takes to index a node's rules, and to take one packet through them. */
export function measureTraces() {
  const rows = variants.map(measure);
  const table = [
    '| mode | services × endpoints | prepare | one packet |',
    '|---|---|---|---|',
    ...rows.map(printRow),
  ].join('\n');
  const failures = rows
    .filter(({ trace }) => trace > limit)
    .map(
      ({ variant, trace }) =>
        `trace, ${variant}: ${trace.toFixed(1)} ms for one packet, the limit is ${limit}`,
    );
  return { table, failures };
}

function measure(variant) {
  const script = fileURLToPath(new URL('measure-trace.mjs', import.meta.url));
  const args = [script, String(services), String(endpoints), ...variant.split(' ')];
  return { variant, ...JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) };
}

function printRow({ variant, prepare, trace }) {
  const size = `${services.toLocaleString('en')} × ${endpoints}`;
  return `| ${variant} | ${size} | ${prepare.toFixed(0)} ms | ${trace.toFixed(2)} ms |`;
}
